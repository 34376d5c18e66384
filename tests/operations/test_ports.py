"""Ports before anything is started: taken is one thing, an address or a port that cannot be had at all is another."""

import pytest

from operations.ports import PortTaken, Trouble, WantedPort, cannot_listen, check_ports, free_ports, is_free


def test_a_free_port_is_free_and_not_one_that_the_system_deals_out() -> None:
    (port,) = free_ports(1)
    assert is_free(port)
    assert port < 32_768
    assert len({*free_ports(3), port}) == 4
    check_ports([WantedPort("WANJIA_API_PORT", "接口", port)])


@pytest.mark.parametrize("host", ["192.0.2.1", "999.1.1.1"])
def test_an_address_of_another_machine_is_not_called_taken(host: str) -> None:
    (port,) = free_ports(1)
    assert cannot_listen(port, host) is Trouble.NOT_HERE
    with pytest.raises(PortTaken, match="这不是本机的地址，请改 WANJIA_API_HOST"):
        check_ports([WantedPort("WANJIA_API_PORT", "接口", port, host)])
