from dossiers.connectors.breaker import CircuitBreaker


class Seconds:
    now = 0.0

    def __call__(self):
        return self.now


def test_it_opens_after_failures_in_a_row_and_lets_one_call_try_after_a_rest():
    seconds = Seconds()
    breaker = CircuitBreaker(failures=2, rest=30, seconds=seconds)
    breaker.failed()
    assert breaker.allows()
    breaker.failed()
    assert breaker.is_open
    assert not breaker.allows()
    seconds.now = 30
    assert breaker.allows()
    assert not breaker.allows()
    breaker.succeeded()
    assert not breaker.is_open
    assert breaker.allows()


def test_a_try_that_fails_opens_it_again():
    seconds = Seconds()
    breaker = CircuitBreaker(failures=1, rest=30, seconds=seconds)
    breaker.failed()
    seconds.now = 30
    assert breaker.allows()
    breaker.failed()
    seconds.now = 59
    assert not breaker.allows()


def test_a_success_in_between_starts_the_count_again():
    breaker = CircuitBreaker(failures=2)
    breaker.failed()
    breaker.succeeded()
    breaker.failed()
    assert not breaker.is_open
