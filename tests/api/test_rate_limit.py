from api.rate_limit import RateLimiter

OUTSIDE = "203.0.113.7"


def test_so_many_messages_a_conversation_and_no_more():
    limiter = RateLimiter(3)
    assert [limiter.allows("one", OUTSIDE) for _ in range(4)] == [True, True, True, False]


def test_another_conversation_is_not_held_up():
    limiter = RateLimiter(1)
    limiter.allows("one", OUTSIDE)
    assert not limiter.allows("one", OUTSIDE)
    assert limiter.allows("two", OUTSIDE)


def test_an_address_may_send_ten_times_as_many():
    limiter = RateLimiter(2)
    allowed = [limiter.allows(f"conversation {n}", OUTSIDE) for n in range(25)]
    assert allowed == [True] * 20 + [False] * 5


def test_a_centre_behind_this_machine_is_limited_by_conversation_alone():
    limiter = RateLimiter(1)
    assert all(limiter.allows(f"conversation {n}", "127.0.0.1") for n in range(50))
    assert not limiter.allows("conversation 1", "::1")
