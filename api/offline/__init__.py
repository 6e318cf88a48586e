"""What a volunteer's phone keeps for places without a signal."""
