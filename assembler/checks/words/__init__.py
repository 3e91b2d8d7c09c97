"""What texts of people hold: names in their several forms, numbers in words."""
