"""Words that a message looks up when it is sent: a place by its name, never by another's, else by its code."""

from records.engine import Record
from records.looked_up import place_called
from records.offices import Office, set_office


def test_an_office_is_called_by_its_name_or_its_code(record: Record) -> None:
    with record.write() as work:
        set_office(work, Office("220303001", "铁东区第一街道公共就业服务站", "0434-1"))
        set_office(work, Office("220303", "铁东区就业服务局", "0434-2"))
    with record.read() as work:
        assert place_called(work, "220303001") == "铁东区第一街道公共就业服务站"
        assert place_called(work, "220303009") == "机构220303009"
