-- The issuance ledger, version 1 (docs/format/ledger.md). Insert-only: what happened is never changed.
PRAGMA application_id = 0x656C6963; -- "elic"
PRAGMA user_version = 3;            -- the shape of the tables below; those of before the tree have 0 to 2

CREATE TABLE office (
    one    INTEGER PRIMARY KEY CHECK (one = 1),
    format INTEGER NOT NULL CHECK (format = 1),
    number INTEGER NOT NULL CHECK (number BETWEEN 1 AND 999),
    identity BLOB NOT NULL CHECK (length(identity) = 16)               -- random: tells this ledger from every other
) STRICT;

-- No list after IN has more than two texts: SQLite would make a table of a longer one anew for every row that is inserted.
CREATE TABLE events (
    number      INTEGER PRIMARY KEY,                                   -- 1, 2, 3 ... without a gap
    kind        TEXT    NOT NULL CHECK (kind IN ('reserved', 'issued') OR kind IN ('moved', 'published') OR kind = 'skipped'),
    -- Unix seconds. reserved, issued: the signing time; moved, skipped: when it was recorded; published: as of when
    at          INTEGER NOT NULL,
    leaf        BLOB    NOT NULL CHECK (length(leaf) = 32),            -- SM3 over all the other columns: the tree's leaf
    id          TEXT,                                                  -- license identifier; published, skipped: none
    -- reserved:
    request     TEXT,                                                  -- moved: may have one too
    draft       TEXT,                                                  -- what the draft said, canonical JSON
    content     TEXT,                                                  -- what was made of it, canonical JSON
    type        TEXT,
    issuer      TEXT,
    serial      TEXT,
    revision    INTEGER,                                               -- skipped: up to this all may be given away
    counter     INTEGER,                                               -- set when the ledger allotted the serial; skipped: as above
    list        INTEGER,                                               -- status list; published, skipped: the same
    list_index  INTEGER,                                               -- skipped: as above
    previous    TEXT,                                                  -- identifier of the predecessor
    change      TEXT CHECK (change IN ('renew', 'correct') OR change = 'transfer-in'),  -- how it follows the predecessor
    reason      TEXT,                                                  -- of that; moved: of the move; skipped: why
    asked       INTEGER,                                               -- the day asked for, if any; moved: the same
    -- issued:
    reservation INTEGER REFERENCES events (number),                    -- moved: of the successor
    payload     TEXT,
    license     TEXT,                                                  -- metadata as JSON
    -- moved:
    move        TEXT,
    state       TEXT,                                                  -- after the move
    effective   INTEGER,                                               -- from when it counts
    issue       INTEGER REFERENCES events (number) DEFERRABLE INITIALLY DEFERRED,  -- the successor's, the next event
    -- published:
    form        TEXT CHECK (form IN ('list', 'delta') OR form = 'genuine'),
    publication INTEGER,                                               -- 1, 2, 3 ... of lists and deltas; skipped: as above
    next_update INTEGER,
    digest      TEXT CHECK (length(digest) = 64),                      -- SM3 of the file, hexadecimal
    CHECK ((kind IN ('published', 'skipped')) = (id IS NULL)),
    CHECK (kind <> 'reserved' OR (request IS NOT NULL AND draft IS NOT NULL AND content IS NOT NULL AND type IS NOT NULL
           AND issuer IS NOT NULL AND serial IS NOT NULL AND revision IS NOT NULL AND list IS NOT NULL AND list_index IS NOT NULL
           AND reservation IS NULL AND payload IS NULL AND license IS NULL)),
    CHECK (kind <> 'reserved' OR (change IS NULL AND reason IS NULL AND asked IS NULL)
           OR (change IS NOT NULL AND reason IS NOT NULL AND previous IS NOT NULL)),
    CHECK (kind <> 'issued' OR (reservation IS NOT NULL AND payload IS NOT NULL AND license IS NOT NULL AND request IS NULL)),
    CHECK (kind <> 'moved' OR (move IS NOT NULL AND state IS NOT NULL AND reason IS NOT NULL AND effective IS NOT NULL
           AND (move = 'replace') = (reservation IS NOT NULL) AND (move = 'replace') = (issue IS NOT NULL)
           AND coalesce(issue, number + 1) = number + 1 AND payload IS NULL AND license IS NULL)),
    CHECK (kind <> 'published' OR (form IS NOT NULL AND list IS NOT NULL AND digest IS NOT NULL
           AND (form = 'genuine') = (publication IS NULL) AND (form = 'genuine') = (next_update IS NULL)
           AND request IS NULL AND reservation IS NULL AND payload IS NULL AND license IS NULL)),
    CHECK (kind <> 'skipped' OR (revision IS NOT NULL AND counter IS NOT NULL AND list IS NOT NULL AND list_index IS NOT NULL
           AND publication IS NOT NULL AND reason IS NOT NULL AND request IS NULL AND reservation IS NULL AND payload IS NULL
           AND license IS NULL)),
    CHECK (kind IN ('reserved', 'moved') OR asked IS NULL),
    CHECK (kind IN ('reserved', 'moved') OR kind = 'skipped' OR reason IS NULL),
    CHECK (kind IN ('reserved', 'published') OR kind = 'skipped' OR list IS NULL),
    CHECK (kind IN ('reserved', 'skipped') OR (revision IS NULL AND counter IS NULL AND list_index IS NULL)),
    CHECK (kind = 'reserved' OR (draft IS NULL AND content IS NULL AND type IS NULL AND issuer IS NULL AND serial IS NULL
           AND previous IS NULL AND change IS NULL)),
    CHECK (kind = 'moved' OR (move IS NULL AND state IS NULL AND effective IS NULL AND issue IS NULL)),
    CHECK (kind IN ('published', 'skipped') OR publication IS NULL),
    CHECK (kind = 'published' OR (form IS NULL AND next_update IS NULL AND digest IS NULL))
) STRICT;

CREATE UNIQUE INDEX one_reservation_a_request ON events (request) WHERE kind = 'reserved';
CREATE UNIQUE INDEX one_reservation_an_identifier ON events (type, issuer, serial, revision) WHERE kind = 'reserved';
CREATE UNIQUE INDEX one_reservation_a_status_entry ON events (list, list_index) WHERE kind = 'reserved';
CREATE UNIQUE INDEX one_successor_a_license ON events (previous) WHERE kind = 'reserved' AND change IS NOT NULL;
CREATE INDEX counters ON events (type, issuer, counter) WHERE kind = 'reserved' AND counter IS NOT NULL;
CREATE INDEX signing_times ON events (at) WHERE kind = 'reserved';
CREATE UNIQUE INDEX one_issue_a_reservation ON events (reservation) WHERE kind = 'issued';
CREATE UNIQUE INDEX one_issue_an_identifier ON events (id) WHERE kind = 'issued';
CREATE UNIQUE INDEX one_move_an_instant ON events (id, effective) WHERE kind = 'moved';
CREATE UNIQUE INDEX one_move_a_request ON events (request) WHERE kind = 'moved' AND request IS NOT NULL;
CREATE UNIQUE INDEX one_publication_an_instant ON events (at) WHERE kind = 'published';
CREATE UNIQUE INDEX one_file_a_publication ON events (publication) WHERE kind = 'published' AND publication IS NOT NULL;

CREATE INDEX skips ON events (number) WHERE kind = 'skipped';

CREATE INDEX types_by_day ON events (type, at) WHERE kind = 'reserved';
CREATE INDEX moves_by_state ON events (state) WHERE kind = 'moved';
CREATE INDEX moves_by_instant ON events (effective) WHERE kind = 'moved';

-- Who holds what, and what stands printed on it: read off `license` when it is issued (the last trigger below), so that
-- one of ten million is found at once.
CREATE TABLE holdings (
    code        TEXT    NOT NULL,  -- of a holder
    reservation INTEGER NOT NULL,  -- of the license
    PRIMARY KEY (code, reservation)
) STRICT, WITHOUT ROWID;

CREATE TABLE numbers (
    number      TEXT    NOT NULL,  -- of the license, as printed; those that have none are left out
    reservation INTEGER NOT NULL,
    PRIMARY KEY (number, reservation)
) STRICT, WITHOUT ROWID;

CREATE TRIGGER events_are_never_changed BEFORE UPDATE ON events
BEGIN SELECT RAISE(ABORT, 'the ledger is insert-only'); END;

CREATE TRIGGER events_are_never_removed BEFORE DELETE ON events
BEGIN SELECT RAISE(ABORT, 'the ledger is insert-only'); END;

-- INSERT OR REPLACE removes rows without the trigger above: refuse whatever would make it do so.
CREATE TRIGGER events_are_only_appended BEFORE INSERT ON events
BEGIN
    SELECT RAISE(ABORT, 'events are numbered without a gap')
     WHERE NEW.number IS NOT (SELECT coalesce(max(number), 0) + 1 FROM events);
END;

CREATE TRIGGER reservations_are_new BEFORE INSERT ON events WHEN NEW.kind = 'reserved'
BEGIN
    SELECT RAISE(ABORT, 'reserved before')
     WHERE EXISTS (SELECT 1 FROM events WHERE kind = 'reserved' AND request = NEW.request)
        OR EXISTS (SELECT 1 FROM events WHERE kind = 'reserved' AND type = NEW.type AND issuer = NEW.issuer
                      AND serial = NEW.serial AND revision = NEW.revision)
        OR EXISTS (SELECT 1 FROM events WHERE kind = 'reserved' AND list = NEW.list AND list_index = NEW.list_index);
    SELECT RAISE(ABORT, 'signed no later than the last publication')
     WHERE NEW.at <= (SELECT max(at) FROM events WHERE kind = 'published');
    SELECT RAISE(ABORT, 'followed before')
     WHERE NEW.change IS NOT NULL
       AND EXISTS (SELECT 1 FROM events WHERE kind = 'reserved' AND change IS NOT NULL AND previous = NEW.previous);
    SELECT RAISE(ABORT, 'only what was issued is renewed or corrected')
     WHERE NEW.change IN ('renew', 'correct')
       AND NOT EXISTS (SELECT 1 FROM events WHERE kind = 'issued' AND id = NEW.previous);
    SELECT RAISE(ABORT, 'passed over')
     WHERE EXISTS (SELECT 1 FROM events WHERE kind = 'skipped'
                      AND (NEW.list_index <= list_index OR NEW.counter <= counter
                           OR (NEW.counter IS NULL AND NEW.revision <= revision)));
    -- After a skip the next revision of a serial is the first that was not passed over, also when it is new here.
    SELECT RAISE(ABORT, 'a later revision follows the one before')
     WHERE NEW.revision <> 1
       AND NOT EXISTS (SELECT 1 FROM events WHERE kind = 'reserved' AND type = NEW.type AND issuer = NEW.issuer
                          AND serial = NEW.serial AND revision < NEW.revision AND id = NEW.previous
                          AND NEW.change IN ('renew', 'correct')
                          AND (revision = NEW.revision - 1 OR NEW.revision - 1 =
                               (SELECT max(revision) FROM events WHERE kind = 'skipped')))
       AND NOT (NEW.revision - 1 = coalesce((SELECT max(revision) FROM events WHERE kind = 'skipped'), 0)
                AND NOT EXISTS (SELECT 1 FROM events WHERE kind = 'reserved' AND type = NEW.type AND issuer = NEW.issuer
                                   AND serial = NEW.serial));
END;

CREATE TRIGGER issues_are_of_reservations BEFORE INSERT ON events WHEN NEW.kind = 'issued'
BEGIN
    SELECT RAISE(ABORT, 'issued before')
     WHERE EXISTS (SELECT 1 FROM events WHERE kind = 'issued' AND reservation = NEW.reservation)
        OR EXISTS (SELECT 1 FROM events WHERE kind = 'issued' AND id = NEW.id);
    SELECT RAISE(ABORT, 'only what was reserved is issued')
     WHERE NOT EXISTS (SELECT 1 FROM events WHERE number = NEW.reservation AND kind = 'reserved' AND id = NEW.id);
    SELECT RAISE(ABORT, 'a renewal or correction replaces its predecessor in the event before')
     WHERE EXISTS (SELECT 1 FROM events WHERE number = NEW.reservation AND change IN ('renew', 'correct'))
       AND NOT EXISTS (SELECT 1 FROM events WHERE number = NEW.number - 1 AND kind = 'moved' AND reservation = NEW.reservation);
END;

CREATE TRIGGER moves_are_legal BEFORE INSERT ON events WHEN NEW.kind = 'moved'
BEGIN
    SELECT RAISE(ABORT, 'moved before')
     WHERE EXISTS (SELECT 1 FROM events WHERE kind = 'moved' AND request = NEW.request);
    SELECT RAISE(ABORT, 'only what was issued is moved')
     WHERE NOT EXISTS (SELECT 1 FROM events WHERE kind = 'issued' AND id = NEW.id);
    SELECT RAISE(ABORT, 'no such move from that state')
     WHERE (coalesce((SELECT state FROM events WHERE kind = 'moved' AND id = NEW.id ORDER BY effective DESC LIMIT 1), 'valid'),
            NEW.move, NEW.state) NOT IN (VALUES
           ('valid', 'suspend', 'suspended'), ('valid', 'lapse', 'lapsed'), ('valid', 'cancel', 'cancelled'),
           ('valid', 'withdraw', 'withdrawn'), ('valid', 'revoke', 'revoked'),
           ('valid', 'transfer-out', 'transferred-out'), ('valid', 'replace', 'replaced'),
           ('suspended', 'restore', 'valid'), ('suspended', 'lapse', 'lapsed'), ('suspended', 'cancel', 'cancelled'),
           ('suspended', 'withdraw', 'withdrawn'), ('suspended', 'revoke', 'revoked'),
           ('lapsed', 'cancel', 'cancelled'), ('lapsed', 'replace', 'replaced'),
           ('withdrawn', 'cancel', 'cancelled'), ('revoked', 'cancel', 'cancelled'),
           ('transferred-out', 'transfer-undo', 'valid'));
    SELECT RAISE(ABORT, 'a move counts after the one before it, and not before the license was signed')
     WHERE NEW.effective <= (SELECT max(effective) FROM events WHERE kind = 'moved' AND id = NEW.id)
        OR NEW.effective < (SELECT at FROM events WHERE kind = 'issued' AND id = NEW.id);
    SELECT RAISE(ABORT, 'only a renewal or correction of it replaces a license')
     WHERE NEW.reservation IS NOT NULL
       AND NOT EXISTS (SELECT 1 FROM events WHERE number = NEW.reservation AND kind = 'reserved' AND previous = NEW.id
                          AND change IN ('renew', 'correct'));
END;

CREATE TRIGGER publications_count_up BEFORE INSERT ON events WHEN NEW.kind = 'published'
BEGIN
    SELECT RAISE(ABORT, 'published before')
     WHERE NEW.at <= (SELECT max(at) FROM events WHERE kind = 'published')
        OR EXISTS (SELECT 1 FROM events WHERE kind = 'published' AND publication = NEW.publication);
    SELECT RAISE(ABORT, 'publications are numbered without a gap')
     WHERE NEW.publication <>
           1 + max(coalesce((SELECT max(publication) FROM events WHERE kind = 'published'), 0),
                   coalesce((SELECT max(publication) FROM events WHERE kind = 'skipped'), 0));
    SELECT RAISE(ABORT, 'a delta goes on from a list')
     WHERE NEW.form = 'delta'
       AND NOT EXISTS (SELECT 1 FROM events WHERE kind = 'published' AND publication = NEW.publication - 1);
END;

CREATE TRIGGER skips_go_ahead BEFORE INSERT ON events WHEN NEW.kind = 'skipped'
BEGIN
    SELECT RAISE(ABORT, 'a skip never goes back')
     WHERE NEW.list_index < (SELECT max(list_index) FROM events WHERE kind = 'reserved')
        OR NEW.counter <= (SELECT max(list_index) FROM events WHERE kind = 'reserved')
        OR NEW.publication < (SELECT max(publication) FROM events WHERE kind = 'published')
        OR NEW.revision <= (SELECT max(revision) FROM events WHERE kind = 'reserved')
        OR EXISTS (SELECT 1 FROM events WHERE kind = 'skipped'
                      AND (NEW.list_index < list_index OR NEW.counter < counter OR NEW.publication < publication
                           OR NEW.revision <= revision));
END;

-- The tree over the leaves (docs/format/ledger.md): the hash of every complete 256 of the level below, 0 being the leaves.
-- A row is written in the transaction of the event that completes it.
CREATE TABLE tiles (
    level    INTEGER NOT NULL CHECK (level BETWEEN 1 AND 7),
    position INTEGER NOT NULL CHECK (position >= 0),                   -- 0, 1, 2 ... without a gap
    hash     BLOB    NOT NULL CHECK (length(hash) = 32),
    PRIMARY KEY (level, position)
) STRICT, WITHOUT ROWID;

CREATE TRIGGER tiles_are_never_changed BEFORE UPDATE ON tiles
BEGIN SELECT RAISE(ABORT, 'the ledger is insert-only'); END;
CREATE TRIGGER tiles_are_never_removed BEFORE DELETE ON tiles
BEGIN SELECT RAISE(ABORT, 'the ledger is insert-only'); END;
CREATE TRIGGER tiles_are_only_appended BEFORE INSERT ON tiles
BEGIN
    SELECT RAISE(ABORT, 'tiles are numbered without a gap')
     WHERE NEW.position IS NOT (SELECT coalesce(max(position) + 1, 0) FROM tiles WHERE level = NEW.level);
END;

CREATE TRIGGER the_office_is_never_changed BEFORE UPDATE ON office
BEGIN SELECT RAISE(ABORT, 'the ledger is insert-only'); END;
CREATE TRIGGER the_office_is_never_removed BEFORE DELETE ON office
BEGIN SELECT RAISE(ABORT, 'the ledger is insert-only'); END;
CREATE TRIGGER the_office_is_never_replaced BEFORE INSERT ON office WHEN EXISTS (SELECT 1 FROM office)
BEGIN SELECT RAISE(ABORT, 'the ledger is insert-only'); END;

-- What was issued, with what was reserved for it.
CREATE VIEW licenses AS
SELECT issued.number AS event, reserved.number AS reservation, reserved.request, reserved.draft, reserved.content, reserved.type,
       reserved.issuer, reserved.serial, reserved.revision, reserved.list, reserved.list_index, reserved.at AS signed_at,
       reserved.previous, reserved.change, reserved.reason, reserved.asked, issued.id, issued.payload, issued.license
  FROM events AS issued JOIN events AS reserved ON reserved.number = issued.reservation
 WHERE issued.kind = 'issued';

CREATE TRIGGER holdings_are_never_changed BEFORE UPDATE ON holdings
BEGIN SELECT RAISE(ABORT, 'the ledger is insert-only'); END;
CREATE TRIGGER holdings_are_never_removed BEFORE DELETE ON holdings
BEGIN SELECT RAISE(ABORT, 'the ledger is insert-only'); END;
CREATE TRIGGER numbers_are_never_changed BEFORE UPDATE ON numbers
BEGIN SELECT RAISE(ABORT, 'the ledger is insert-only'); END;
CREATE TRIGGER numbers_are_never_removed BEFORE DELETE ON numbers
BEGIN SELECT RAISE(ABORT, 'the ledger is insert-only'); END;

-- Part of the statement that inserts the event: no program can forget it. json_tree and json_each only, since
-- SQLite lets no other JSON function into the triggers of a file that it does not trust.
CREATE TRIGGER what_is_issued_is_found AFTER INSERT ON events WHEN NEW.kind = 'issued'
BEGIN
    -- A holder who stands there twice has one row. (DISTINCT would make a table of its own for every license.)
    INSERT OR IGNORE INTO holdings SELECT atom, NEW.reservation FROM json_tree(NEW.license, '$.holders')
                                    WHERE key = 'code' AND atom <> '';
    INSERT INTO numbers SELECT atom, NEW.reservation FROM json_each(NEW.license) WHERE key = 'number' AND atom <> '';
END;
