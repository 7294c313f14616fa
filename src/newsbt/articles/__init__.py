"""Articles to drafts of catalysts: sentences, date words, events, issuers, direction, evidence."""
