"""The database keeps the books, for every login: see docs/decisions/0020.

`WHEN (pg_trigger_depth() < 1)`: what a trigger here does to a balance is not what somebody does by hand.
"""

from django.db import migrations

# the days of a book go one way; what has been closed is closed
NUMBER = """
CREATE FUNCTION ledger_number_entry() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $body$
BEGIN
    UPDATE ledger_book SET next_number = next_number + 1, latest_day = NEW.day
    WHERE id = NEW.book_id AND NEW.day <= reader.today()
    AND (latest_day IS NULL OR NEW.day >= latest_day)
    AND (closed_through IS NULL OR NEW.day > closed_through)
    RETURNING next_number - 1 INTO NEW.number;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'no entry on % in book %: it is before the latest, closed, or has not come', NEW.day, NEW.book_id
        USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END
$body$;
CREATE TRIGGER entries_are_numbered BEFORE INSERT ON ledger_entry
FOR EACH ROW EXECUTE FUNCTION ledger_number_entry();
"""

ADD_UP = """
CREATE FUNCTION ledger_add_up() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $body$
DECLARE
    entry ledger_entry;
BEGIN
    IF (SELECT count(DISTINCT entry_id) FROM added) > 1 THEN
        RAISE EXCEPTION 'one statement posts the lines of one entry' USING ERRCODE = 'check_violation';
    END IF;
    SELECT * INTO entry FROM ledger_entry WHERE id = (SELECT min(entry_id) FROM added);
    IF NOT FOUND THEN
        RETURN NULL;
    END IF;
    IF EXISTS (SELECT FROM added JOIN ledger_account a ON a.id = account_id WHERE a.book_id <> entry.book_id) THEN
        RAISE EXCEPTION 'an entry stays in its book' USING ERRCODE = 'check_violation';
    END IF;
    IF (SELECT count(*) FROM ledger_posting WHERE entry_id = entry.id) > entry.lines THEN
        RAISE EXCEPTION 'entry % has its lines already', entry.id USING ERRCODE = 'check_violation';
    END IF;
    WITH moved AS (
        UPDATE ledger_account a
        SET balance = a.balance
            + CASE WHEN a.kind IN ('cash', 'receivable', 'claim') THEN line.debit - line.credit
                   ELSE line.credit - line.debit END
        FROM added line WHERE a.id = line.account_id
        RETURNING a.id, line.debit, line.credit, a.balance
    )
    INSERT INTO ledger_daytotal AS total (account_id, day, debit, credit, balance)
    SELECT id, entry.day, debit, credit, balance FROM moved
    ON CONFLICT (account_id, day) DO UPDATE SET
        debit = total.debit + excluded.debit, credit = total.credit + excluded.credit, balance = excluded.balance;
    RETURN NULL;
END
$body$;
CREATE TRIGGER postings_are_added_up AFTER INSERT ON ledger_posting REFERENCING NEW TABLE AS added
FOR EACH STATEMENT EXECUTE FUNCTION ledger_add_up();
"""

# looked at when the transaction ends, once all lines are there
WHOLE = """
CREATE FUNCTION ledger_check_entry() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $body$
DECLARE
    found record;
BEGIN
    SELECT count(*) AS lines, coalesce(sum(debit), 0) AS debit, coalesce(sum(credit), 0) AS credit INTO found
    FROM ledger_posting WHERE entry_id = NEW.id;
    IF found.lines <> NEW.lines OR found.debit <> NEW.amount OR found.credit <> NEW.amount THEN
        RAISE EXCEPTION 'entry % does not balance: % lines, debit %, credit %',
            NEW.id, found.lines, found.debit, found.credit USING ERRCODE = 'check_violation';
    END IF;
    IF NEW.reverses_id IS NOT NULL AND (
        NOT EXISTS (
            SELECT FROM ledger_entry e
            WHERE e.id = NEW.reverses_id AND e.book_id = NEW.book_id AND e.lines = NEW.lines AND e.reverses_id IS NULL
        ) OR EXISTS (
            SELECT account_id, debit, credit FROM ledger_posting WHERE entry_id = NEW.id
            EXCEPT SELECT account_id, credit, debit FROM ledger_posting WHERE entry_id = NEW.reverses_id
        )
    ) THEN
        RAISE EXCEPTION 'entry % is not entry % turned round', NEW.id, NEW.reverses_id USING ERRCODE = 'check_violation';
    END IF;
    RETURN NULL;
END
$body$;
CREATE CONSTRAINT TRIGGER entries_balance AFTER INSERT ON ledger_entry DEFERRABLE INITIALLY DEFERRED
FOR EACH ROW EXECUTE FUNCTION ledger_check_entry();
"""

# a test's database is emptied between two tests, by the owner and with the setting; a table of nobody's money may go
STAYS = """
CREATE FUNCTION ledger_refuse() RETURNS trigger LANGUAGE plpgsql AS $body$
BEGIN
    IF TG_OP = 'TRUNCATE' AND current_setting('fyrtaarn.books_may_be_emptied', true) = 'yes' THEN
        RETURN NULL;
    END IF;
    RAISE EXCEPTION 'what is in the books stays: no % of %', lower(TG_OP), TG_TABLE_NAME
    USING ERRCODE = 'integrity_constraint_violation';
END
$body$;
CREATE TRIGGER entries_stay BEFORE UPDATE OR DELETE OR TRUNCATE ON ledger_entry
FOR EACH STATEMENT EXECUTE FUNCTION ledger_refuse();
CREATE TRIGGER postings_stay BEFORE UPDATE OR DELETE OR TRUNCATE ON ledger_posting
FOR EACH STATEMENT EXECUTE FUNCTION ledger_refuse();
CREATE TRIGGER accounts_stay BEFORE DELETE OR TRUNCATE ON ledger_account
FOR EACH STATEMENT EXECUTE FUNCTION ledger_refuse();
CREATE TRIGGER balances_stay BEFORE UPDATE ON ledger_account
FOR EACH STATEMENT WHEN (pg_trigger_depth() < 1) EXECUTE FUNCTION ledger_refuse();
CREATE TRIGGER accounts_begin_empty BEFORE INSERT ON ledger_account
FOR EACH ROW WHEN (NEW.balance <> 0) EXECUTE FUNCTION ledger_refuse();
CREATE TRIGGER days_stay BEFORE INSERT OR UPDATE OR DELETE ON ledger_daytotal
FOR EACH STATEMENT WHEN (pg_trigger_depth() < 1) EXECUTE FUNCTION ledger_refuse();
CREATE TRIGGER all_days_stay BEFORE TRUNCATE ON ledger_daytotal
FOR EACH STATEMENT EXECUTE FUNCTION ledger_refuse();
CREATE TRIGGER books_stay BEFORE DELETE OR TRUNCATE ON ledger_book
FOR EACH STATEMENT EXECUTE FUNCTION ledger_refuse();
CREATE TRIGGER books_begin_empty BEFORE INSERT ON ledger_book
FOR EACH ROW WHEN (NEW.next_number <> 1 OR NEW.latest_day IS NOT NULL) EXECUTE FUNCTION ledger_refuse();
CREATE TRIGGER numbers_stay BEFORE UPDATE OF next_number, latest_day, municipality_id ON ledger_book
FOR EACH STATEMENT WHEN (pg_trigger_depth() < 1) EXECUTE FUNCTION ledger_refuse();
"""

CLOSED = """
CREATE FUNCTION ledger_check_closing() RETURNS trigger LANGUAGE plpgsql AS $body$
BEGIN
    IF NEW.closed_through IS NULL OR NEW.closed_through < OLD.closed_through OR NEW.closed_through >= reader.today() THEN
        RAISE EXCEPTION 'a book is closed through a day that has passed, and is not opened again'
        USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END
$body$;
CREATE TRIGGER what_is_closed_stays BEFORE UPDATE ON ledger_book
FOR EACH ROW WHEN (NEW.closed_through IS DISTINCT FROM OLD.closed_through) EXECUTE FUNCTION ledger_check_closing();
"""

UNKEPT = """
DROP TRIGGER what_is_closed_stays ON ledger_book;
DROP FUNCTION ledger_check_closing();
DROP TRIGGER numbers_stay ON ledger_book;
DROP TRIGGER books_begin_empty ON ledger_book;
DROP TRIGGER books_stay ON ledger_book;
DROP TRIGGER all_days_stay ON ledger_daytotal;
DROP TRIGGER days_stay ON ledger_daytotal;
DROP TRIGGER accounts_begin_empty ON ledger_account;
DROP TRIGGER balances_stay ON ledger_account;
DROP TRIGGER accounts_stay ON ledger_account;
DROP TRIGGER postings_stay ON ledger_posting;
DROP TRIGGER entries_stay ON ledger_entry;
DROP FUNCTION ledger_refuse();
DROP TRIGGER entries_balance ON ledger_entry;
DROP FUNCTION ledger_check_entry();
DROP TRIGGER postings_are_added_up ON ledger_posting;
DROP FUNCTION ledger_add_up();
DROP TRIGGER entries_are_numbered ON ledger_entry;
DROP FUNCTION ledger_number_entry();
"""


class Migration(migrations.Migration):
    beside_previous = "The tables are new to the last release."

    dependencies = [("ledger", "0001_initial"), ("foundation", "0004_separation")]
    operations = [migrations.RunSQL(NUMBER + ADD_UP + WHOLE + STAYS + CLOSED, UNKEPT)]
