"""What follows from a decision."""

import sqlalchemy as sa
from alembic import op

from assemblies.foundation.database import UtcDateTime

revision = "0002"
down_revision = "0001"

# What was booked stays booked: a mistake is undone by a counter-posting.
BOOKS = ("postings", "posting_lines")
# Resolutions of earlier days get their title and matter from the item they decided.
BACKFILL = (
    "UPDATE resolutions SET "
    "title = (SELECT title FROM items WHERE items.id = resolutions.item_id), "
    "matter = (SELECT matter FROM items WHERE items.id = resolutions.item_id)"
)


def refuse_changes(book: str) -> None:
    """Install the triggers that keep a book append-only."""
    if op.get_bind().dialect.name == "sqlite":
        for verb in ("UPDATE", "DELETE"):
            op.execute(
                f"CREATE TRIGGER {book}_no_{verb.lower()} BEFORE {verb} ON {book} "
                "BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END"
            )
        return
    op.execute(
        f"CREATE TRIGGER {book}_no_change BEFORE UPDATE OR DELETE OR TRUNCATE ON {book} "
        "FOR EACH STATEMENT EXECUTE FUNCTION log_is_append_only()"
    )


def upgrade() -> None:
    """Apply."""
    op.create_table(
        "months",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("node_id", sa.Uuid(), nullable=False),
        sa.Column("month", sa.String(), nullable=False),
        sa.Column("keyed", sa.JSON(), nullable=False),
        sa.Column("submitted_at", UtcDateTime(), nullable=True),
        sa.Column("submitted_by", sa.String(), nullable=False),
        sa.Column("fixed", sa.JSON(), nullable=True),
        sa.ForeignKeyConstraint(["node_id"], ["nodes.id"], name=op.f("fk_months_node_id_nodes")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_months")),
        sa.UniqueConstraint("node_id", "month", name=op.f("uq_months_node_id_month")),
    )
    with op.batch_alter_table("months", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_months_node_id"), ["node_id"], unique=False)

    op.create_table(
        "committees",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("estate_id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("founded_at", UtcDateTime(), nullable=False),
        sa.Column("report_months", sa.Integer(), nullable=False),
        sa.Column("party_branch", sa.String(), nullable=False),
        sa.Column("party_branch_name", sa.String(), nullable=False),
        sa.Column("supervision_log_id", sa.Uuid(), nullable=True),
        sa.Column("seal_log_id", sa.Uuid(), nullable=True),
        sa.ForeignKeyConstraint(
            ["estate_id"], ["estates.id"], name=op.f("fk_committees_estate_id_estates")
        ),
        sa.ForeignKeyConstraint(
            ["seal_log_id"], ["logs.id"], name=op.f("fk_committees_seal_log_id_logs")
        ),
        sa.ForeignKeyConstraint(
            ["supervision_log_id"], ["logs.id"], name=op.f("fk_committees_supervision_log_id_logs")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_committees")),
        sa.UniqueConstraint("estate_id", name=op.f("uq_committees_estate_id")),
    )
    op.create_table(
        "files",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("estate_id", sa.Uuid(), nullable=True),
        sa.Column("node_id", sa.Uuid(), nullable=True),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("media_type", sa.String(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.String(), nullable=False),
        sa.Column("kept_by", sa.String(), nullable=False),
        sa.Column("kept_at", UtcDateTime(), nullable=False),
        sa.Column("shown", sa.Boolean(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["estate_id"], ["estates.id"], name=op.f("fk_files_estate_id_estates")
        ),
        sa.ForeignKeyConstraint(["node_id"], ["nodes.id"], name=op.f("fk_files_node_id_nodes")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_files")),
    )
    with op.batch_alter_table("files", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_files_estate_id"), ["estate_id"], unique=False)

    op.create_table(
        "ledger_accounts",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("estate_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("bank", sa.String(), nullable=False),
        sa.Column("opened_at", UtcDateTime(), nullable=False),
        sa.Column("balance_fen", sa.BigInteger(), nullable=False),
        sa.Column("postings", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["estate_id"], ["estates.id"], name=op.f("fk_ledger_accounts_estate_id_estates")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ledger_accounts")),
        sa.UniqueConstraint("estate_id", "kind", name=op.f("uq_ledger_accounts_estate_id_kind")),
    )
    with op.batch_alter_table("ledger_accounts", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_ledger_accounts_estate_id"), ["estate_id"], unique=False
        )

    op.create_table(
        "duties",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("estate_id", sa.Uuid(), nullable=False),
        sa.Column("source_id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("about", sa.String(), nullable=False),
        sa.Column("who", sa.String(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("starts_zh", sa.String(), nullable=False),
        sa.Column("law", sa.String(), nullable=False),
        sa.Column("binding", sa.Boolean(), nullable=False),
        sa.Column("href", sa.String(), nullable=False),
        sa.Column("opened_at", UtcDateTime(), nullable=False),
        sa.Column("done_at", UtcDateTime(), nullable=True),
        sa.Column("done_by", sa.String(), nullable=False),
        sa.Column("proof", sa.String(), nullable=False),
        sa.Column("file_id", sa.Uuid(), nullable=True),
        sa.Column("void_at", UtcDateTime(), nullable=True),
        sa.Column("late_at", UtcDateTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["estate_id"], ["estates.id"], name=op.f("fk_duties_estate_id_estates")
        ),
        sa.ForeignKeyConstraint(["file_id"], ["files.id"], name=op.f("fk_duties_file_id_files")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_duties")),
        sa.UniqueConstraint("source_id", "name", name=op.f("uq_duties_source_id_name")),
    )
    with op.batch_alter_table("duties", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_duties_estate_id"), ["estate_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_duties_source_id"), ["source_id"], unique=False)

    op.create_table(
        "groups",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("committee_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("asked_on", sa.Date(), nullable=False),
        sa.Column("formed_on", sa.Date(), nullable=True),
        sa.Column("announced_on", sa.Date(), nullable=True),
        sa.Column("announced_file_id", sa.Uuid(), nullable=True),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.Column("people", sa.JSON(), nullable=False),
        sa.Column("note", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["announced_file_id"], ["files.id"], name=op.f("fk_groups_announced_file_id_files")
        ),
        sa.ForeignKeyConstraint(
            ["committee_id"], ["committees.id"], name=op.f("fk_groups_committee_id_committees")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_groups")),
    )
    with op.batch_alter_table("groups", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_groups_committee_id"), ["committee_id"], unique=False)

    op.create_table(
        "handovers",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("committee_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("from_whom", sa.String(), nullable=False),
        sa.Column("to_whom", sa.String(), nullable=False),
        sa.Column("begun_at", UtcDateTime(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("done_at", UtcDateTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["committee_id"], ["committees.id"], name=op.f("fk_handovers_committee_id_committees")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_handovers")),
    )
    with op.batch_alter_table("handovers", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_handovers_committee_id"), ["committee_id"], unique=False
        )

    op.create_table(
        "notes",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("committee_id", sa.Uuid(), nullable=False),
        sa.Column("entry", sa.Integer(), nullable=True),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("written_by", sa.String(), nullable=False),
        sa.Column("written_at", UtcDateTime(), nullable=False),
        sa.Column("answer", sa.String(), nullable=False),
        sa.Column("answered_by", sa.String(), nullable=False),
        sa.Column("answered_at", UtcDateTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["committee_id"], ["committees.id"], name=op.f("fk_notes_committee_id_committees")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_notes")),
    )
    with op.batch_alter_table("notes", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_notes_committee_id"), ["committee_id"], unique=False)

    op.create_table(
        "postings",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("amount_fen", sa.BigInteger(), nullable=False),
        sa.Column("balance_fen", sa.BigInteger(), nullable=False),
        sa.Column("said", sa.String(), nullable=False),
        sa.Column("basis", sa.String(), nullable=False),
        sa.Column("booked_by", sa.String(), nullable=False),
        sa.Column("booked_at", UtcDateTime(), nullable=False),
        sa.Column("source_id", sa.Uuid(), nullable=True),
        sa.Column("file_id", sa.Uuid(), nullable=True),
        sa.Column("corrects_id", sa.Uuid(), nullable=True),
        sa.ForeignKeyConstraint(
            ["account_id"],
            ["ledger_accounts.id"],
            name=op.f("fk_postings_account_id_ledger_accounts"),
        ),
        sa.ForeignKeyConstraint(
            ["corrects_id"], ["postings.id"], name=op.f("fk_postings_corrects_id_postings")
        ),
        sa.ForeignKeyConstraint(["file_id"], ["files.id"], name=op.f("fk_postings_file_id_files")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_postings")),
        sa.UniqueConstraint("account_id", "number", name=op.f("uq_postings_account_id_number")),
        sa.UniqueConstraint("corrects_id", name=op.f("uq_postings_corrects_id")),
    )
    with op.batch_alter_table("postings", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_postings_account_id"), ["account_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_postings_source_id"), ["source_id"], unique=False)

    op.create_table(
        "reports",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("committee_id", sa.Uuid(), nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("until", sa.Date(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("figures", sa.JSON(), nullable=False),
        sa.Column("parts", sa.JSON(), nullable=False),
        sa.Column("begun_at", UtcDateTime(), nullable=False),
        sa.Column("submitted_at", UtcDateTime(), nullable=True),
        sa.Column("submitted_by", sa.String(), nullable=False),
        sa.Column("received_at", UtcDateTime(), nullable=True),
        sa.Column("received_by", sa.String(), nullable=False),
        sa.Column("opinion", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["committee_id"], ["committees.id"], name=op.f("fk_reports_committee_id_committees")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reports")),
        sa.UniqueConstraint("committee_id", "since", name=op.f("uq_reports_committee_id_since")),
    )
    with op.batch_alter_table("reports", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_reports_committee_id"), ["committee_id"], unique=False)

    op.create_table(
        "seals",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("committee_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("made_at", UtcDateTime(), nullable=False),
        sa.Column("proof_id", sa.Uuid(), nullable=True),
        sa.Column("keeper", sa.String(), nullable=False),
        sa.Column("keeper_account_id", sa.Uuid(), nullable=True),
        sa.Column("kept_since", UtcDateTime(), nullable=True),
        sa.Column("offered_to", sa.String(), nullable=False),
        sa.Column("offered_account_id", sa.Uuid(), nullable=True),
        sa.Column("offered_by", sa.String(), nullable=False),
        sa.Column("offered_at", UtcDateTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["committee_id"], ["committees.id"], name=op.f("fk_seals_committee_id_committees")
        ),
        sa.ForeignKeyConstraint(
            ["keeper_account_id"], ["accounts.id"], name=op.f("fk_seals_keeper_account_id_accounts")
        ),
        sa.ForeignKeyConstraint(
            ["offered_account_id"],
            ["accounts.id"],
            name=op.f("fk_seals_offered_account_id_accounts"),
        ),
        sa.ForeignKeyConstraint(["proof_id"], ["files.id"], name=op.f("fk_seals_proof_id_files")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_seals")),
    )
    with op.batch_alter_table("seals", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_seals_committee_id"), ["committee_id"], unique=False)

    op.create_table(
        "candidates",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("committee_id", sa.Uuid(), nullable=False),
        sa.Column("term_number", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("room", sa.String(), nullable=False),
        sa.Column("sex", sa.String(), nullable=False),
        sa.Column("born", sa.Integer(), nullable=True),
        sa.Column("party", sa.Boolean(), nullable=False),
        sa.Column("phone_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("nominated_by", sa.String(), nullable=False),
        sa.Column("statement", sa.String(), nullable=False),
        sa.Column("answers", sa.JSON(), nullable=False),
        sa.Column("file_ids", sa.JSON(), nullable=False),
        sa.Column("nominated_at", UtcDateTime(), nullable=False),
        sa.Column("withdrawn_at", UtcDateTime(), nullable=True),
        sa.Column("item_id", sa.Uuid(), nullable=True),
        sa.Column("option", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["committee_id"], ["committees.id"], name=op.f("fk_candidates_committee_id_committees")
        ),
        sa.ForeignKeyConstraint(
            ["item_id"],
            ["items.id"],
            name=op.f("fk_candidates_item_id_items"),
            ondelete="SET NULL",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_candidates")),
    )
    with op.batch_alter_table("candidates", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_candidates_committee_id"), ["committee_id"], unique=False
        )

    op.create_table(
        "first_payments",
        sa.Column("part_id", sa.Uuid(), nullable=False),
        sa.Column("amount_fen", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["part_id"], ["parts.id"], name=op.f("fk_first_payments_part_id_parts")
        ),
        sa.PrimaryKeyConstraint("part_id", name=op.f("pk_first_payments")),
    )
    op.create_table(
        "handover_items",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("handover_id", sa.Uuid(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("what", sa.String(), nullable=False),
        sa.Column("quantity", sa.String(), nullable=False),
        sa.Column("done_at", UtcDateTime(), nullable=True),
        sa.Column("received_by", sa.String(), nullable=False),
        sa.Column("note", sa.String(), nullable=False),
        sa.Column("file_id", sa.Uuid(), nullable=True),
        sa.ForeignKeyConstraint(
            ["file_id"], ["files.id"], name=op.f("fk_handover_items_file_id_files")
        ),
        sa.ForeignKeyConstraint(
            ["handover_id"], ["handovers.id"], name=op.f("fk_handover_items_handover_id_handovers")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_handover_items")),
    )
    with op.batch_alter_table("handover_items", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_handover_items_handover_id"), ["handover_id"], unique=False
        )

    op.create_table(
        "posting_lines",
        sa.Column("posting_id", sa.Uuid(), nullable=False),
        sa.Column("position", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("part_id", sa.Uuid(), nullable=False),
        sa.Column("amount_fen", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["part_id"], ["parts.id"], name=op.f("fk_posting_lines_part_id_parts")
        ),
        sa.ForeignKeyConstraint(
            ["posting_id"], ["postings.id"], name=op.f("fk_posting_lines_posting_id_postings")
        ),
        sa.PrimaryKeyConstraint("posting_id", "position", name=op.f("pk_posting_lines")),
    )
    with op.batch_alter_table("posting_lines", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_posting_lines_part_id"), ["part_id"], unique=False)

    op.create_table(
        "terms",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("committee_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("seats", sa.Integer(), nullable=False),
        sa.Column("began_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=False),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.Column("item_id", sa.Uuid(), nullable=True),
        sa.Column("basis", sa.String(), nullable=False),
        sa.Column("basis_file_id", sa.Uuid(), nullable=True),
        sa.Column("posts_basis", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["basis_file_id"], ["files.id"], name=op.f("fk_terms_basis_file_id_files")
        ),
        sa.ForeignKeyConstraint(
            ["committee_id"], ["committees.id"], name=op.f("fk_terms_committee_id_committees")
        ),
        sa.ForeignKeyConstraint(["item_id"], ["items.id"], name=op.f("fk_terms_item_id_items")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_terms")),
        sa.UniqueConstraint("committee_id", "number", name=op.f("uq_terms_committee_id_number")),
        sa.UniqueConstraint("item_id", name=op.f("uq_terms_item_id")),
    )
    with op.batch_alter_table("terms", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_terms_committee_id"), ["committee_id"], unique=False)

    op.create_table(
        "filings",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("term_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("what", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("begun_at", UtcDateTime(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("submitted_at", UtcDateTime(), nullable=True),
        sa.Column("decided_at", UtcDateTime(), nullable=True),
        sa.Column("decided_by", sa.String(), nullable=False),
        sa.Column("reasons", sa.String(), nullable=False),
        sa.Column("certificate", sa.String(), nullable=False),
        sa.Column("certificate_file_id", sa.Uuid(), nullable=True),
        sa.Column("carving_file_id", sa.Uuid(), nullable=True),
        sa.Column("submitted_by", sa.String(), nullable=False),
        sa.Column("certified_at", UtcDateTime(), nullable=True),
        sa.Column("papers", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["carving_file_id"], ["files.id"], name=op.f("fk_filings_carving_file_id_files")
        ),
        sa.ForeignKeyConstraint(
            ["certificate_file_id"], ["files.id"], name=op.f("fk_filings_certificate_file_id_files")
        ),
        sa.ForeignKeyConstraint(["term_id"], ["terms.id"], name=op.f("fk_filings_term_id_terms")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_filings")),
    )
    with op.batch_alter_table("filings", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_filings_term_id"), ["term_id"], unique=False)

    op.create_table(
        "meetings",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("term_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("place", sa.String(), nullable=False),
        sa.Column("called_by", sa.String(), nullable=False),
        sa.Column("asked_by", sa.JSON(), nullable=False),
        sa.Column("called_at", UtcDateTime(), nullable=False),
        sa.Column("planned_for", UtcDateTime(), nullable=False),
        sa.Column("moved_from", UtcDateTime(), nullable=True),
        sa.Column("community_told_at", UtcDateTime(), nullable=True),
        sa.Column("community_told", sa.String(), nullable=False),
        sa.Column("agenda_posted_at", UtcDateTime(), nullable=True),
        sa.Column("agenda_place", sa.String(), nullable=False),
        sa.Column("agenda_file_id", sa.Uuid(), nullable=True),
        sa.Column("held_at", UtcDateTime(), nullable=True),
        sa.Column("minuted_at", UtcDateTime(), nullable=True),
        sa.Column("cancelled_at", UtcDateTime(), nullable=True),
        sa.Column("cancelled_why", sa.String(), nullable=False),
        sa.Column("members", sa.Integer(), nullable=False),
        sa.Column("present", sa.JSON(), nullable=False),
        sa.Column("attendance", sa.JSON(), nullable=False),
        sa.Column("quorate", sa.Boolean(), nullable=False),
        sa.Column("finding", sa.String(), nullable=False),
        sa.Column("law", sa.String(), nullable=False),
        sa.Column("flags", sa.JSON(), nullable=False),
        sa.Column("chaired_by", sa.String(), nullable=False),
        sa.Column("recorded_by", sa.String(), nullable=False),
        sa.Column("guests", sa.String(), nullable=False),
        sa.Column("summary", sa.String(), nullable=False),
        sa.Column("posted_at", UtcDateTime(), nullable=True),
        sa.Column("posted_place", sa.String(), nullable=False),
        sa.Column("posted_file_id", sa.Uuid(), nullable=True),
        sa.ForeignKeyConstraint(
            ["agenda_file_id"], ["files.id"], name=op.f("fk_meetings_agenda_file_id_files")
        ),
        sa.ForeignKeyConstraint(
            ["posted_file_id"], ["files.id"], name=op.f("fk_meetings_posted_file_id_files")
        ),
        sa.ForeignKeyConstraint(["term_id"], ["terms.id"], name=op.f("fk_meetings_term_id_terms")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_meetings")),
        sa.UniqueConstraint("term_id", "number", name=op.f("uq_meetings_term_id_number")),
    )
    with op.batch_alter_table("meetings", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_meetings_term_id"), ["term_id"], unique=False)

    op.create_table(
        "members",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("term_id", sa.Uuid(), nullable=False),
        sa.Column("candidate_id", sa.Uuid(), nullable=True),
        sa.Column("account_id", sa.Uuid(), nullable=True),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("seat", sa.String(), nullable=False),
        sa.Column("post", sa.String(), nullable=False),
        sa.Column("room", sa.String(), nullable=False),
        sa.Column("sex", sa.String(), nullable=False),
        sa.Column("born", sa.Integer(), nullable=True),
        sa.Column("party", sa.Boolean(), nullable=False),
        sa.Column("phone_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("heads", sa.Integer(), nullable=False),
        sa.Column("area_dm2", sa.Integer(), nullable=False),
        sa.Column("joined_on", sa.Date(), nullable=False),
        sa.Column("suspended_on", sa.Date(), nullable=True),
        sa.Column("suspended_why", sa.String(), nullable=False),
        sa.Column("suspended_file_id", sa.Uuid(), nullable=True),
        sa.Column("left_on", sa.Date(), nullable=True),
        sa.Column("left_why", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"], ["accounts.id"], name=op.f("fk_members_account_id_accounts")
        ),
        sa.ForeignKeyConstraint(
            ["candidate_id"], ["candidates.id"], name=op.f("fk_members_candidate_id_candidates")
        ),
        sa.ForeignKeyConstraint(
            ["suspended_file_id"], ["files.id"], name=op.f("fk_members_suspended_file_id_files")
        ),
        sa.ForeignKeyConstraint(["term_id"], ["terms.id"], name=op.f("fk_members_term_id_terms")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_members")),
    )
    with op.batch_alter_table("members", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_members_term_id"), ["term_id"], unique=False)

    op.create_table(
        "reviews",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("candidate_id", sa.Uuid(), nullable=False),
        sa.Column("department", sa.String(), nullable=False),
        sa.Column("opinion", sa.String(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("given_by", sa.String(), nullable=False),
        sa.Column("given_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["candidate_id"], ["candidates.id"], name=op.f("fk_reviews_candidate_id_candidates")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reviews")),
        sa.UniqueConstraint(
            "candidate_id", "department", name=op.f("uq_reviews_candidate_id_department")
        ),
    )
    with op.batch_alter_table("reviews", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_reviews_candidate_id"), ["candidate_id"], unique=False)

    op.create_table(
        "decisions",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("meeting_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("votes", sa.JSON(), nullable=False),
        sa.Column("outcome", sa.String(), nullable=False),
        sa.Column("finding", sa.String(), nullable=False),
        sa.Column("law", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["meeting_id"], ["meetings.id"], name=op.f("fk_decisions_meeting_id_meetings")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_decisions")),
        sa.UniqueConstraint("meeting_id", "number", name=op.f("uq_decisions_meeting_id_number")),
    )
    with op.batch_alter_table("decisions", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_decisions_meeting_id"), ["meeting_id"], unique=False)

    op.create_table(
        "confirmations",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("meeting_id", sa.Uuid(), nullable=False),
        sa.Column("member_id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("note", sa.String(), nullable=False),
        sa.Column("digest", sa.String(), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["meeting_id"], ["meetings.id"], name=op.f("fk_confirmations_meeting_id_meetings")
        ),
        sa.ForeignKeyConstraint(
            ["member_id"], ["members.id"], name=op.f("fk_confirmations_member_id_members")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_confirmations")),
        sa.UniqueConstraint(
            "meeting_id", "member_id", name=op.f("uq_confirmations_meeting_id_member_id")
        ),
    )
    with op.batch_alter_table("confirmations", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_confirmations_meeting_id"), ["meeting_id"], unique=False
        )

    op.create_table(
        "inquiries",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("estate_id", sa.Uuid(), nullable=False),
        sa.Column("member_id", sa.Uuid(), nullable=False),
        sa.Column("facts", sa.String(), nullable=False),
        sa.Column("clause", sa.String(), nullable=False),
        sa.Column("opened_by", sa.String(), nullable=False),
        sa.Column("opened_at", UtcDateTime(), nullable=False),
        sa.Column("file_ids", sa.JSON(), nullable=False),
        sa.Column("notice", sa.String(), nullable=False),
        sa.Column("noticed_at", UtcDateTime(), nullable=True),
        sa.Column("reply_due_on", sa.Date(), nullable=True),
        sa.Column("reply", sa.String(), nullable=False),
        sa.Column("replied_at", UtcDateTime(), nullable=True),
        sa.Column("reply_file_id", sa.Uuid(), nullable=True),
        sa.Column("suspended_at", UtcDateTime(), nullable=True),
        sa.Column("suspended_posted", sa.String(), nullable=False),
        sa.Column("recommended", sa.String(), nullable=False),
        sa.Column("recommended_at", UtcDateTime(), nullable=True),
        sa.Column("proposed_by", sa.String(), nullable=False),
        sa.Column("proposers", sa.Integer(), nullable=False),
        sa.Column("signed", sa.JSON(), nullable=False),
        sa.Column("signed_parts", sa.JSON(), nullable=False),
        sa.Column("proposal_file_id", sa.Uuid(), nullable=True),
        sa.Column("item_id", sa.Uuid(), nullable=True),
        sa.Column("moved_at", UtcDateTime(), nullable=True),
        sa.Column("outcome", sa.String(), nullable=False),
        sa.Column("ended_at", UtcDateTime(), nullable=True),
        sa.Column("ended_note", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["estate_id"], ["estates.id"], name=op.f("fk_inquiries_estate_id_estates")
        ),
        sa.ForeignKeyConstraint(["item_id"], ["items.id"], name=op.f("fk_inquiries_item_id_items")),
        sa.ForeignKeyConstraint(
            ["member_id"], ["members.id"], name=op.f("fk_inquiries_member_id_members")
        ),
        sa.ForeignKeyConstraint(
            ["proposal_file_id"], ["files.id"], name=op.f("fk_inquiries_proposal_file_id_files")
        ),
        sa.ForeignKeyConstraint(
            ["reply_file_id"], ["files.id"], name=op.f("fk_inquiries_reply_file_id_files")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_inquiries")),
    )
    with op.batch_alter_table("inquiries", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_inquiries_estate_id"), ["estate_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_inquiries_member_id"), ["member_id"], unique=False)

    op.create_table(
        "authorities",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("estate_id", sa.Uuid(), nullable=False),
        sa.Column("resolution_id", sa.Uuid(), nullable=False),
        sa.Column("each_fen", sa.BigInteger(), nullable=False),
        sa.Column("yearly_fen", sa.BigInteger(), nullable=False),
        sa.Column("covers", sa.String(), nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("until", sa.Date(), nullable=True),
        sa.Column("granted_by", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["estate_id"], ["estates.id"], name=op.f("fk_authorities_estate_id_estates")
        ),
        sa.ForeignKeyConstraint(
            ["resolution_id"],
            ["resolutions.id"],
            name=op.f("fk_authorities_resolution_id_resolutions"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_authorities")),
    )
    with op.batch_alter_table("authorities", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_authorities_estate_id"), ["estate_id"], unique=False)

    op.create_table(
        "orders",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("estate_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("office", sa.String(), nullable=False),
        sa.Column("addressee", sa.String(), nullable=False),
        sa.Column("facts", sa.String(), nullable=False),
        sa.Column("clause", sa.String(), nullable=False),
        sa.Column("demand", sa.String(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("resolution_id", sa.Uuid(), nullable=True),
        sa.Column("issued_by", sa.String(), nullable=False),
        sa.Column("issued_at", UtcDateTime(), nullable=False),
        sa.Column("served_at", UtcDateTime(), nullable=True),
        sa.Column("served_how", sa.String(), nullable=False),
        sa.Column("served_file_id", sa.Uuid(), nullable=True),
        sa.Column("reply", sa.String(), nullable=False),
        sa.Column("replied_by", sa.String(), nullable=False),
        sa.Column("replied_at", UtcDateTime(), nullable=True),
        sa.Column("reply_file_id", sa.Uuid(), nullable=True),
        sa.Column("closed_at", UtcDateTime(), nullable=True),
        sa.Column("closed_by", sa.String(), nullable=False),
        sa.Column("closing", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["estate_id"], ["estates.id"], name=op.f("fk_orders_estate_id_estates")
        ),
        sa.ForeignKeyConstraint(
            ["reply_file_id"], ["files.id"], name=op.f("fk_orders_reply_file_id_files")
        ),
        sa.ForeignKeyConstraint(
            ["resolution_id"], ["resolutions.id"], name=op.f("fk_orders_resolution_id_resolutions")
        ),
        sa.ForeignKeyConstraint(
            ["served_file_id"], ["files.id"], name=op.f("fk_orders_served_file_id_files")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_orders")),
        sa.UniqueConstraint("number", name=op.f("uq_orders_number")),
    )
    with op.batch_alter_table("orders", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_orders_estate_id"), ["estate_id"], unique=False)

    op.create_table(
        "seal_uses",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("committee_id", sa.Uuid(), nullable=False),
        sa.Column("seal_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("document_kind", sa.String(), nullable=False),
        sa.Column("document_id", sa.Uuid(), nullable=False),
        sa.Column("copies", sa.Integer(), nullable=False),
        sa.Column("pages", sa.Integer(), nullable=False),
        sa.Column("purpose", sa.String(), nullable=False),
        sa.Column("receiver", sa.String(), nullable=False),
        sa.Column("applicant", sa.String(), nullable=False),
        sa.Column("applicant_id", sa.Uuid(), nullable=False),
        sa.Column("applied_at", UtcDateTime(), nullable=False),
        sa.Column("basis_kind", sa.String(), nullable=False),
        sa.Column("basis_id", sa.Uuid(), nullable=False),
        sa.Column("covers", sa.String(), nullable=False),
        sa.Column("looked_by", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("members", sa.JSON(), nullable=False),
        sa.Column("needed", sa.Integer(), nullable=False),
        sa.Column("approved_at", UtcDateTime(), nullable=True),
        sa.Column("stamp_due_on", sa.Date(), nullable=True),
        sa.Column("stamped_at", UtcDateTime(), nullable=True),
        sa.Column("stamped_by", sa.String(), nullable=False),
        sa.Column("photo_ids", sa.JSON(), nullable=False),
        sa.Column("closed_at", UtcDateTime(), nullable=True),
        sa.Column("witness", sa.String(), nullable=False),
        sa.Column("returned_at", UtcDateTime(), nullable=True),
        sa.Column("closing_note", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["applicant_id"], ["members.id"], name=op.f("fk_seal_uses_applicant_id_members")
        ),
        sa.ForeignKeyConstraint(
            ["basis_id"], ["resolutions.id"], name=op.f("fk_seal_uses_basis_id_resolutions")
        ),
        sa.ForeignKeyConstraint(
            ["committee_id"], ["committees.id"], name=op.f("fk_seal_uses_committee_id_committees")
        ),
        sa.ForeignKeyConstraint(
            ["document_id"], ["files.id"], name=op.f("fk_seal_uses_document_id_files")
        ),
        sa.ForeignKeyConstraint(["seal_id"], ["seals.id"], name=op.f("fk_seal_uses_seal_id_seals")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_seal_uses")),
        sa.UniqueConstraint(
            "committee_id", "number", name=op.f("uq_seal_uses_committee_id_number")
        ),
    )
    with op.batch_alter_table("seal_uses", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_seal_uses_committee_id"), ["committee_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_seal_uses_seal_id"), ["seal_id"], unique=False)

    op.create_table(
        "repairs",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("estate_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("path", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("works", sa.String(), nullable=False),
        sa.Column("danger", sa.String(), nullable=False),
        sa.Column("contractor", sa.String(), nullable=False),
        sa.Column("contractor_account", sa.String(), nullable=False),
        sa.Column("common_part", sa.String(), nullable=False),
        sa.Column("common_evidence", sa.String(), nullable=False),
        sa.Column("evidence_ids", sa.JSON(), nullable=False),
        sa.Column("scope", sa.JSON(), nullable=False),
        sa.Column("uses", sa.JSON(), nullable=False),
        sa.Column("answers", sa.JSON(), nullable=False),
        sa.Column("lines", sa.JSON(), nullable=False),
        sa.Column("quotes", sa.JSON(), nullable=False),
        sa.Column("checks", sa.JSON(), nullable=False),
        sa.Column("photo_ids", sa.JSON(), nullable=False),
        sa.Column("budget_fen", sa.BigInteger(), nullable=False),
        sa.Column("advance_fen", sa.BigInteger(), nullable=False),
        sa.Column("settled_fen", sa.BigInteger(), nullable=False),
        sa.Column("authority_id", sa.Uuid(), nullable=True),
        sa.Column("item_id", sa.Uuid(), nullable=True),
        sa.Column("supplement_id", sa.Uuid(), nullable=True),
        sa.Column("created_by", sa.String(), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("posted_at", UtcDateTime(), nullable=True),
        sa.Column("posted_place", sa.String(), nullable=False),
        sa.Column("posted_file_id", sa.Uuid(), nullable=True),
        sa.Column("heard", sa.String(), nullable=False),
        sa.Column("heard_at", UtcDateTime(), nullable=True),
        sa.Column("heard_file_id", sa.Uuid(), nullable=True),
        sa.Column("applied_at", UtcDateTime(), nullable=True),
        sa.Column("approved_at", UtcDateTime(), nullable=True),
        sa.Column("accepted_at", UtcDateTime(), nullable=True),
        sa.Column("accepted_by", sa.String(), nullable=False),
        sa.Column("representatives", sa.String(), nullable=False),
        sa.Column("acceptance_ids", sa.JSON(), nullable=False),
        sa.Column("settled_at", UtcDateTime(), nullable=True),
        sa.Column("settlement_ids", sa.JSON(), nullable=False),
        sa.Column("audit_file_id", sa.Uuid(), nullable=True),
        sa.Column("settlement_posted_at", UtcDateTime(), nullable=True),
        sa.Column("settlement_place", sa.String(), nullable=False),
        sa.Column("settlement_file_id", sa.Uuid(), nullable=True),
        sa.Column("closed_at", UtcDateTime(), nullable=True),
        sa.Column("ended_why", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["audit_file_id"], ["files.id"], name=op.f("fk_repairs_audit_file_id_files")
        ),
        sa.ForeignKeyConstraint(
            ["authority_id"], ["authorities.id"], name=op.f("fk_repairs_authority_id_authorities")
        ),
        sa.ForeignKeyConstraint(
            ["estate_id"], ["estates.id"], name=op.f("fk_repairs_estate_id_estates")
        ),
        sa.ForeignKeyConstraint(
            ["heard_file_id"], ["files.id"], name=op.f("fk_repairs_heard_file_id_files")
        ),
        sa.ForeignKeyConstraint(["item_id"], ["items.id"], name=op.f("fk_repairs_item_id_items")),
        sa.ForeignKeyConstraint(
            ["posted_file_id"], ["files.id"], name=op.f("fk_repairs_posted_file_id_files")
        ),
        sa.ForeignKeyConstraint(
            ["supplement_id"], ["resolutions.id"], name=op.f("fk_repairs_supplement_id_resolutions")
        ),
        sa.ForeignKeyConstraint(
            ["settlement_file_id"], ["files.id"], name=op.f("fk_repairs_settlement_file_id_files")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_repairs")),
        sa.UniqueConstraint("estate_id", "number", name=op.f("uq_repairs_estate_id_number")),
        sa.UniqueConstraint("item_id", name=op.f("uq_repairs_item_id")),
        sa.UniqueConstraint("supplement_id", name=op.f("uq_repairs_supplement_id")),
    )
    with op.batch_alter_table("repairs", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_repairs_estate_id"), ["estate_id"], unique=False)

    op.create_table(
        "seal_lists",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("committee_id", sa.Uuid(), nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("until", sa.Date(), nullable=False),
        sa.Column("uses", sa.Integer(), nullable=False),
        sa.Column("file_id", sa.Uuid(), nullable=False),
        sa.Column("published_by", sa.String(), nullable=False),
        sa.Column("published_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["committee_id"], ["committees.id"], name=op.f("fk_seal_lists_committee_id_committees")
        ),
        sa.ForeignKeyConstraint(
            ["file_id"], ["files.id"], name=op.f("fk_seal_lists_file_id_files")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_seal_lists")),
    )
    with op.batch_alter_table("seal_lists", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_seal_lists_committee_id"), ["committee_id"], unique=False
        )

    op.create_table(
        "seal_signatures",
        sa.Column("use_id", sa.Uuid(), nullable=False),
        sa.Column("member_id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("answer", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("signed_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["member_id"], ["members.id"], name=op.f("fk_seal_signatures_member_id_members")
        ),
        sa.ForeignKeyConstraint(
            ["use_id"], ["seal_uses.id"], name=op.f("fk_seal_signatures_use_id_seal_uses")
        ),
        sa.PrimaryKeyConstraint("use_id", "member_id", name=op.f("pk_seal_signatures")),
    )
    op.create_table(
        "instructions",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("repair_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("amount_fen", sa.BigInteger(), nullable=False),
        sa.Column("payee", sa.String(), nullable=False),
        sa.Column("payee_account", sa.String(), nullable=False),
        sa.Column("given_by", sa.String(), nullable=False),
        sa.Column("given_at", UtcDateTime(), nullable=False),
        sa.Column("paid_at", UtcDateTime(), nullable=True),
        sa.Column("advice_file_id", sa.Uuid(), nullable=True),
        sa.Column("posting_id", sa.Uuid(), nullable=True),
        sa.ForeignKeyConstraint(
            ["advice_file_id"], ["files.id"], name=op.f("fk_instructions_advice_file_id_files")
        ),
        sa.ForeignKeyConstraint(
            ["posting_id"], ["postings.id"], name=op.f("fk_instructions_posting_id_postings")
        ),
        sa.ForeignKeyConstraint(
            ["repair_id"], ["repairs.id"], name=op.f("fk_instructions_repair_id_repairs")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_instructions")),
    )
    with op.batch_alter_table("instructions", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_instructions_repair_id"), ["repair_id"], unique=False)

    op.create_table(
        "repair_shares",
        sa.Column("repair_id", sa.Uuid(), nullable=False),
        sa.Column("part_id", sa.Uuid(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("building", sa.String(), nullable=False),
        sa.Column("label", sa.String(), nullable=False),
        sa.Column("area_dm2", sa.Integer(), nullable=False),
        sa.Column("fen", sa.BigInteger(), nullable=False),
        sa.Column("unsold", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["part_id"], ["parts.id"], name=op.f("fk_repair_shares_part_id_parts")
        ),
        sa.ForeignKeyConstraint(
            ["repair_id"], ["repairs.id"], name=op.f("fk_repair_shares_repair_id_repairs")
        ),
        sa.PrimaryKeyConstraint("repair_id", "part_id", name=op.f("pk_repair_shares")),
    )
    with op.batch_alter_table("repair_shares", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_repair_shares_part_id"), ["part_id"], unique=False)

    op.create_table(
        "repair_stations",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("repair_id", sa.Uuid(), nullable=False),
        sa.Column("station", sa.String(), nullable=False),
        sa.Column("round", sa.Integer(), nullable=False),
        sa.Column("note", sa.String(), nullable=False),
        sa.Column("file_ids", sa.JSON(), nullable=False),
        sa.Column("entered_at", UtcDateTime(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("decided_at", UtcDateTime(), nullable=True),
        sa.Column("decision", sa.String(), nullable=False),
        sa.Column("reasons", sa.String(), nullable=False),
        sa.Column("decided_by", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["repair_id"], ["repairs.id"], name=op.f("fk_repair_stations_repair_id_repairs")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_repair_stations")),
    )
    with op.batch_alter_table("repair_stations", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_repair_stations_repair_id"), ["repair_id"], unique=False
        )

    with op.batch_alter_table("estates", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column("pack", sa.String(), nullable=False, server_default="shandong")
        )

    with op.batch_alter_table("resolutions", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column("body", sa.String(), nullable=False, server_default="assembly")
        )
        batch_op.add_column(sa.Column("decision_id", sa.Uuid(), nullable=True))
        batch_op.add_column(sa.Column("title", sa.String(), nullable=False, server_default=""))
        batch_op.add_column(sa.Column("matter", sa.Integer(), nullable=False, server_default="0"))
        batch_op.add_column(sa.Column("winner", sa.String(), nullable=False, server_default=""))
        batch_op.add_column(sa.Column("counts", sa.String(), nullable=False, server_default=""))
        batch_op.add_column(sa.Column("posted_at", UtcDateTime(), nullable=True))
        batch_op.add_column(
            sa.Column("posted_place", sa.String(), nullable=False, server_default="")
        )
        batch_op.add_column(sa.Column("posted_file_id", sa.Uuid(), nullable=True))
        batch_op.add_column(
            sa.Column("state", sa.String(), nullable=False, server_default="standing")
        )
        batch_op.add_column(sa.Column("state_id", sa.Uuid(), nullable=True))
        batch_op.add_column(sa.Column("state_note", sa.String(), nullable=False, server_default=""))
        batch_op.add_column(sa.Column("state_at", UtcDateTime(), nullable=True))
        batch_op.alter_column("item_id", existing_type=sa.Uuid(), nullable=True)
        batch_op.create_unique_constraint(batch_op.f("uq_resolutions_decision_id"), ["decision_id"])
        # Two estates of one name may stand in two communities: numbers are unique within each.
        batch_op.drop_constraint(batch_op.f("uq_resolutions_number"), type_="unique")
        batch_op.create_unique_constraint(
            batch_op.f("uq_resolutions_estate_id_number"), ["estate_id", "number"]
        )
        batch_op.create_foreign_key(
            batch_op.f("fk_resolutions_posted_file_id_files"), "files", ["posted_file_id"], ["id"]
        )
        batch_op.create_foreign_key(
            batch_op.f("fk_resolutions_decision_id_decisions"), "decisions", ["decision_id"], ["id"]
        )
    op.execute(BACKFILL)
    for book in BOOKS:
        refuse_changes(book)
