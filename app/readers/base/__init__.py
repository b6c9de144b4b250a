"""What every reader shares: the contract, columns, rejects, memory."""
