-- The issuance ledger, version 0 (docs/format/ledger.md). Insert-only: what happened is never changed.
PRAGMA application_id = 0x656C6963; -- "elic"

CREATE TABLE office (
    one    INTEGER PRIMARY KEY CHECK (one = 1),
    format INTEGER NOT NULL CHECK (format = 0),
    number INTEGER NOT NULL CHECK (number BETWEEN 1 AND 999)
) STRICT;

CREATE TABLE events (
    number      INTEGER PRIMARY KEY,                                   -- 1, 2, 3 ... without a gap
    kind        TEXT    NOT NULL CHECK (kind IN ('reserved', 'issued')),
    at          INTEGER NOT NULL,                                      -- the signing time, Unix seconds
    -- reserved:
    request     TEXT,
    content     TEXT,                                                  -- the draft, canonical JSON
    type        TEXT,
    issuer      TEXT,
    serial      TEXT,
    revision    INTEGER,
    counter     INTEGER,                                               -- set when the ledger allotted the serial
    list        INTEGER,                                               -- status list
    list_index  INTEGER,
    previous    TEXT,                                                  -- identifier of the predecessor
    -- issued:
    reservation INTEGER REFERENCES events (number),
    payload     TEXT,
    license     TEXT,                                                  -- metadata as JSON
    -- both:
    id          TEXT    NOT NULL,                                      -- license identifier
    CHECK (kind <> 'reserved' OR (request IS NOT NULL AND content IS NOT NULL AND type IS NOT NULL AND issuer IS NOT NULL
           AND serial IS NOT NULL AND revision IS NOT NULL AND list IS NOT NULL AND list_index IS NOT NULL
           AND reservation IS NULL AND payload IS NULL AND license IS NULL)),
    CHECK (kind <> 'issued' OR (reservation IS NOT NULL AND payload IS NOT NULL AND license IS NOT NULL
           AND request IS NULL AND content IS NULL AND type IS NULL AND issuer IS NULL AND serial IS NULL
           AND revision IS NULL AND counter IS NULL AND list IS NULL AND list_index IS NULL AND previous IS NULL))
) STRICT;

CREATE UNIQUE INDEX one_reservation_a_request ON events (request) WHERE kind = 'reserved';
CREATE UNIQUE INDEX one_reservation_an_identifier ON events (type, issuer, serial, revision) WHERE kind = 'reserved';
CREATE UNIQUE INDEX one_reservation_a_status_entry ON events (list, list_index) WHERE kind = 'reserved';
CREATE INDEX counters ON events (type, issuer, counter) WHERE kind = 'reserved' AND counter IS NOT NULL;
CREATE UNIQUE INDEX one_issue_a_reservation ON events (reservation) WHERE kind = 'issued';
CREATE UNIQUE INDEX one_issue_an_identifier ON events (id) WHERE kind = 'issued';

CREATE TRIGGER events_are_never_changed BEFORE UPDATE ON events
BEGIN SELECT RAISE(ABORT, 'the ledger is insert-only'); END;

CREATE TRIGGER events_are_never_removed BEFORE DELETE ON events
BEGIN SELECT RAISE(ABORT, 'the ledger is insert-only'); END;

-- INSERT OR REPLACE removes rows without the trigger above: refuse whatever would make it do so.
CREATE TRIGGER events_are_only_appended BEFORE INSERT ON events
BEGIN
    SELECT RAISE(ABORT, 'events are numbered without a gap')
     WHERE NEW.number IS NOT (SELECT coalesce(max(number), 0) + 1 FROM events);
    SELECT RAISE(ABORT, 'reserved before')
     WHERE NEW.kind = 'reserved' AND (
           EXISTS (SELECT 1 FROM events WHERE kind = 'reserved' AND request = NEW.request)
        OR EXISTS (SELECT 1 FROM events WHERE kind = 'reserved' AND type = NEW.type AND issuer = NEW.issuer
                      AND serial = NEW.serial AND revision = NEW.revision)
        OR EXISTS (SELECT 1 FROM events WHERE kind = 'reserved' AND list = NEW.list AND list_index = NEW.list_index));
    SELECT RAISE(ABORT, 'issued before')
     WHERE NEW.kind = 'issued' AND (
           EXISTS (SELECT 1 FROM events WHERE kind = 'issued' AND reservation = NEW.reservation)
        OR EXISTS (SELECT 1 FROM events WHERE kind = 'issued' AND id = NEW.id));
    SELECT RAISE(ABORT, 'only what was reserved is issued')
     WHERE NEW.kind = 'issued'
       AND NOT EXISTS (SELECT 1 FROM events WHERE number = NEW.reservation AND kind = 'reserved' AND id = NEW.id);
END;

CREATE TRIGGER the_office_is_never_changed BEFORE UPDATE ON office
BEGIN SELECT RAISE(ABORT, 'the ledger is insert-only'); END;
CREATE TRIGGER the_office_is_never_removed BEFORE DELETE ON office
BEGIN SELECT RAISE(ABORT, 'the ledger is insert-only'); END;
CREATE TRIGGER the_office_is_never_replaced BEFORE INSERT ON office WHEN EXISTS (SELECT 1 FROM office)
BEGIN SELECT RAISE(ABORT, 'the ledger is insert-only'); END;

-- The current state: what was issued, with what was reserved for it.
CREATE VIEW licenses AS
SELECT issued.number AS event, reserved.number AS reservation, reserved.request, reserved.content, reserved.type,
       reserved.issuer, reserved.serial, reserved.revision, reserved.list, reserved.list_index, reserved.at AS signed_at,
       reserved.previous, issued.id, issued.payload, issued.license
  FROM events AS issued JOIN events AS reserved ON reserved.number = issued.reservation
 WHERE issued.kind = 'issued';
