"""The vote on the phone: enrol a device, log a signed ballot once, show the receipt."""
