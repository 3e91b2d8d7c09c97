"""What every floor rests on: problems and messages, Persian text and dates, expressions, YAML, files, settings."""
