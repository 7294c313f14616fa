"""What brokers and markets charge for an order: dated tables and the cost model that reads them (pure)."""
