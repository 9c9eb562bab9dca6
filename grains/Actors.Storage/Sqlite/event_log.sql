-- The event log, schema 1 (docs/formats/event-log.md). Project ids are long and repeat in every row and index: a number
-- stands for them.
CREATE TABLE log_meta (
    key   TEXT PRIMARY KEY,
    value TEXT NOT NULL
) WITHOUT ROWID;

CREATE TABLE projects (
    project_no INTEGER PRIMARY KEY,
    project_id TEXT NOT NULL UNIQUE
);

-- AUTOINCREMENT: a position is never given twice, not even after the highest row was deleted.
-- body is last: reading heads then never touches the overflow pages that hold it.
CREATE TABLE event_log (
    position    INTEGER PRIMARY KEY AUTOINCREMENT,
    project_no  INTEGER NOT NULL,
    stream_id   TEXT    NOT NULL,
    version     INTEGER NOT NULL,
    append_id   BLOB    NOT NULL,
    kind        INTEGER NOT NULL,
    format      INTEGER NOT NULL,
    price_book  INTEGER NOT NULL,
    received_at INTEGER NOT NULL,
    head        BLOB    NOT NULL,
    body        BLOB,
    UNIQUE (project_no, stream_id, version)
);

CREATE INDEX event_log_changes ON event_log (project_no, position);

CREATE TABLE score_index (
    project_no INTEGER NOT NULL,
    score_id   TEXT    NOT NULL,
    stream_id  TEXT    NOT NULL,
    PRIMARY KEY (project_no, score_id)
) WITHOUT ROWID;
