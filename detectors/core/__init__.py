"""What every kind shares: findings, parameters, rules, measures, units."""
