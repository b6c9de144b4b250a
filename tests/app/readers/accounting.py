"""What readers' tests count: every row of a file is used or rejected."""


def assert_all_rows_accounted_for(batch):
    assert batch.rows == len(batch.reports) + batch.static_rows + batch.rejects.total


def counts(batch):
    return {reason.value: count for reason, count in batch.rejects.counts.items()}
