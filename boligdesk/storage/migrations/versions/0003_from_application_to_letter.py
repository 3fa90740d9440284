"""From application to letter: rules, decisions, vacancies, waiting list, offers, letters, journal."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from boligdesk.storage import triggers, types

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

VERSIONED = (
    "clock_stop",
    "edition",
    "journal_entry",
    "letter",
    "letter_recipient",
    "offer",
    "print_batch",
    "print_item",
    "shortlist_row",
    "track_condition",
    "vacancy",
    "vedtak",
    "waiting_entry",
)
#: No delete, and no update of these columns (none named = of anything).
FINAL = {
    "letter_approval": ("id", "case_id", "letter_id", '"by"', "outcome", "reason", "comment", "body_sha256"),
    "shortlist": (),
    "letter_recipient": ("id", "case_id", "letter_id", "role", "name", "address_text", "route"),
    "blob": (),
    "journal_entry": ("id", "year", "seq", "number", "case_id", "document_id", "letter_id", "registered_at"),
}
#: Columns that stand for ever once the row has come so far.
FROZEN = {
    "letter": (
        ("body", "body_sha256", "case_id", "kind", "language", "journal_number", "document_id", "dated_on"),
        "OLD.status IN ('ferdigstilt', 'ekspedert', 'tilbakekalt')",
    ),
    "edition": (("body", "sha256", "kind", "key", "no", "language"), "OLD.state <> 'kladd'"),
}


def upgrade() -> None:
    make_rules()
    make_decisions()
    make_vacancies()
    make_waiting()
    make_offers()
    make_letters()
    make_dispatch()
    make_printing()
    index_few()
    open_task_kinds(op.get_bind())
    install_guards(op.get_bind())


def make_rules() -> None:
    op.create_table(
        "edition",
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("no", sa.Integer(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("body", types.Json(), nullable=False),
        sa.Column("sha256", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("adopted_by", types.Id(), nullable=True),
        sa.Column("adopted_on", sa.Date(), nullable=True),
        sa.Column("id", types.Id(), nullable=False),
        sa.Column("row_version", sa.Integer(), nullable=False),
        sa.Column("created_at", types.Instant(length=27), nullable=False),
        sa.Column("created_by", types.Id(), nullable=False),
        sa.Column("changed_at", types.Instant(length=27), nullable=False),
        sa.Column("changed_by", types.Id(), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=True),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_edition")),
        sa.UniqueConstraint("kind", "key", "language", "no", name=op.f("uq_edition_kind_key_language_no")),
    )


def make_decisions() -> None:
    op.create_table(
        "track_condition",
        sa.Column("case_id", types.Id(), nullable=False),
        sa.Column("track_id", types.Id(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("outcome", sa.String(), nullable=False),
        sa.Column("reason_text", sa.String(), nullable=False),
        sa.Column("exception_reason", sa.String(), nullable=True),
        sa.Column("source_text", sa.String(), nullable=False),
        sa.Column("fact_ids", types.Json(), nullable=False),
        sa.Column("checked_on", sa.Date(), nullable=True),
        sa.Column("put_before_party", sa.SmallInteger(), nullable=True),
        sa.Column("id", types.Id(), nullable=False),
        sa.Column("row_version", sa.Integer(), nullable=False),
        sa.Column("created_at", types.Instant(length=27), nullable=False),
        sa.Column("created_by", types.Id(), nullable=False),
        sa.Column("changed_at", types.Instant(length=27), nullable=False),
        sa.Column("changed_by", types.Id(), nullable=False),
        sa.Column("read_scope_id", sa.Integer(), nullable=False),
        sa.Column("protection", sa.SmallInteger(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["case_file.id"], name=op.f("fk_track_condition_case_id")),
        sa.ForeignKeyConstraint(["track_id"], ["legal_track.id"], name=op.f("fk_track_condition_track_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_track_condition")),
        sa.UniqueConstraint("track_id", "key", name=op.f("uq_track_condition_track_id_key")),
    )
    op.create_index(op.f("ix_track_condition_case_id"), "track_condition", ["case_id"], unique=False)
    op.create_table(
        "vedtak",
        sa.Column("case_id", types.Id(), nullable=False),
        sa.Column("track_id", types.Id(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("outcome", sa.String(), nullable=False),
        sa.Column("rule_edition_id", types.Id(), nullable=True),
        sa.Column("decided_on", sa.Date(), nullable=True),
        sa.Column("prepared_by", types.Id(), nullable=False),
        sa.Column("decided_by", types.Id(), nullable=True),
        sa.Column("letter_id", types.Id(), nullable=True),
        sa.Column("main_content", types.Json(), nullable=False),
        sa.Column("terms", types.Json(), nullable=False),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.Column("reverses_id", types.Id(), nullable=True),
        sa.Column("final_on", sa.Date(), nullable=True),
        sa.Column("ended_at", types.Instant(length=27), nullable=True),
        sa.Column("end_reason", sa.String(), nullable=True),
        sa.Column("id", types.Id(), nullable=False),
        sa.Column("row_version", sa.Integer(), nullable=False),
        sa.Column("created_at", types.Instant(length=27), nullable=False),
        sa.Column("created_by", types.Id(), nullable=False),
        sa.Column("changed_at", types.Instant(length=27), nullable=False),
        sa.Column("changed_by", types.Id(), nullable=False),
        sa.Column("read_scope_id", sa.Integer(), nullable=False),
        sa.Column("protection", sa.SmallInteger(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["case_file.id"], name=op.f("fk_vedtak_case_id")),
        sa.ForeignKeyConstraint(["reverses_id"], ["vedtak.id"], name=op.f("fk_vedtak_reverses_id")),
        sa.ForeignKeyConstraint(["rule_edition_id"], ["edition.id"], name=op.f("fk_vedtak_rule_edition_id")),
        sa.ForeignKeyConstraint(["track_id"], ["legal_track.id"], name=op.f("fk_vedtak_track_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_vedtak")),
    )
    op.create_index(op.f("ix_vedtak_case_id"), "vedtak", ["case_id"], unique=False)
    op.create_index(op.f("ix_vedtak_letter_id"), "vedtak", ["letter_id"], unique=False)
    op.create_index(op.f("ix_vedtak_track_id"), "vedtak", ["track_id"], unique=False)
    op.create_index(
        "uq_vedtak_live",
        "vedtak",
        ["track_id"],
        unique=True,
        sqlite_where=sa.text("ended_at IS NULL"),
        postgresql_where=sa.text("ended_at IS NULL"),
    )
    op.create_table(
        "clock_stop",
        sa.Column("case_id", types.Id(), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("letter_id", types.Id(), nullable=True),
        sa.Column("id", types.Id(), nullable=False),
        sa.Column("row_version", sa.Integer(), nullable=False),
        sa.Column("created_at", types.Instant(length=27), nullable=False),
        sa.Column("created_by", types.Id(), nullable=False),
        sa.Column("changed_at", types.Instant(length=27), nullable=False),
        sa.Column("changed_by", types.Id(), nullable=False),
        sa.Column("read_scope_id", sa.Integer(), nullable=False),
        sa.Column("protection", sa.SmallInteger(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["case_file.id"], name=op.f("fk_clock_stop_case_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_clock_stop")),
    )
    op.create_index(op.f("ix_clock_stop_case_id"), "clock_stop", ["case_id"], unique=False)


def make_vacancies() -> None:
    op.create_table(
        "vacancy",
        sa.Column("list_scope_id", sa.Integer(), nullable=False),
        sa.Column("dwelling_id", types.Id(), nullable=False),
        sa.Column("reported_on", sa.Date(), nullable=False),
        sa.Column("free_from", sa.Date(), nullable=False),
        sa.Column("void_from", sa.Date(), nullable=True),
        sa.Column("stage", sa.String(), nullable=False),
        sa.Column("demands", types.Json(), nullable=False),
        sa.Column("rent_loss_ore", sa.Integer(), nullable=True),
        sa.Column("remark", sa.String(), nullable=True),
        sa.Column("ended_at", types.Instant(length=27), nullable=True),
        sa.Column("end_reason", sa.String(), nullable=True),
        sa.Column("id", types.Id(), nullable=False),
        sa.Column("row_version", sa.Integer(), nullable=False),
        sa.Column("created_at", types.Instant(length=27), nullable=False),
        sa.Column("created_by", types.Id(), nullable=False),
        sa.Column("changed_at", types.Instant(length=27), nullable=False),
        sa.Column("changed_by", types.Id(), nullable=False),
        sa.CheckConstraint(
            "stage IN ('ledig', 'forslag', 'inntaksteam', 'tilbud_sendt', 'takket_ja', 'kontrakt', 'innflyttet', 'trukket')",
            name=op.f("ck_vacancy_stage"),
        ),
        sa.ForeignKeyConstraint(["dwelling_id"], ["dwelling.id"], name=op.f("fk_vacancy_dwelling_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_vacancy")),
    )
    op.create_index(op.f("ix_vacancy_dwelling_id"), "vacancy", ["dwelling_id"], unique=False)
    op.create_index("ix_vacancy_stage", "vacancy", ["stage", "free_from", "id"], unique=False)
    op.create_index(
        "uq_vacancy_live",
        "vacancy",
        ["dwelling_id"],
        unique=True,
        sqlite_where=sa.text("ended_at IS NULL"),
        postgresql_where=sa.text("ended_at IS NULL"),
    )


def make_waiting() -> None:
    op.create_table(
        "waiting_entry",
        sa.Column("case_id", types.Id(), nullable=False),
        sa.Column("vedtak_id", types.Id(), nullable=True),
        sa.Column("applicant_id", types.Id(), nullable=False),
        sa.Column("applicant_name", sa.String(), nullable=False),
        sa.Column("applicant_sort", types.AsciiKey(), nullable=False),
        sa.Column("household_id", types.Id(), nullable=True),
        sa.Column("protection", sa.SmallInteger(), nullable=False),
        sa.Column("rule_edition_id", types.Id(), nullable=True),
        sa.Column("priority_class", sa.String(), nullable=False),
        sa.Column("priority_rank", sa.Integer(), nullable=False),
        sa.Column("priority_reasons", types.Json(), nullable=False),
        sa.Column("overridden_reason", sa.String(), nullable=True),
        sa.Column("waiting_since", sa.Date(), nullable=False),
        sa.Column("bedrooms_min", sa.Integer(), nullable=True),
        sa.Column("bedrooms_max", sa.Integer(), nullable=True),
        sa.Column("persons", sa.Integer(), nullable=True),
        sa.Column("children", sa.Integer(), nullable=True),
        sa.Column("max_rent_ore", sa.Integer(), nullable=True),
        sa.Column("step_free", sa.SmallInteger(), nullable=True),
        sa.Column("lift_or_ground", sa.SmallInteger(), nullable=True),
        sa.Column("wheelchair", sa.SmallInteger(), nullable=True),
        sa.Column("staffed", sa.SmallInteger(), nullable=True),
        sa.Column("shielded", sa.SmallInteger(), nullable=True),
        sa.Column("pets", sa.SmallInteger(), nullable=True),
        sa.Column("districts_wish", sa.String(), nullable=False),
        sa.Column("districts_no", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("paused_to", sa.Date(), nullable=True),
        sa.Column("offers_made", sa.Integer(), nullable=False),
        sa.Column("ended_at", types.Instant(length=27), nullable=True),
        sa.Column("end_reason", sa.String(), nullable=True),
        sa.Column("id", types.Id(), nullable=False),
        sa.Column("row_version", sa.Integer(), nullable=False),
        sa.Column("created_at", types.Instant(length=27), nullable=False),
        sa.Column("created_by", types.Id(), nullable=False),
        sa.Column("changed_at", types.Instant(length=27), nullable=False),
        sa.Column("changed_by", types.Id(), nullable=False),
        sa.Column("list_scope_id", sa.Integer(), nullable=False),
        sa.Column("read_scope_id", sa.Integer(), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=True),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.CheckConstraint(
            "state IN ('aktiv', 'pauset', 'tilbud', 'bosatt', 'bortfalt', 'trukket')",
            name=op.f("ck_waiting_entry_state"),
        ),
        sa.ForeignKeyConstraint(["applicant_id"], ["person.id"], name=op.f("fk_waiting_entry_applicant_id")),
        sa.ForeignKeyConstraint(["case_id"], ["case_file.id"], name=op.f("fk_waiting_entry_case_id")),
        sa.ForeignKeyConstraint(
            ["household_id"], ["household.id"], name=op.f("fk_waiting_entry_household_id")
        ),
        sa.ForeignKeyConstraint(
            ["rule_edition_id"], ["edition.id"], name=op.f("fk_waiting_entry_rule_edition_id")
        ),
        sa.ForeignKeyConstraint(["vedtak_id"], ["vedtak.id"], name=op.f("fk_waiting_entry_vedtak_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_waiting_entry")),
    )
    op.create_index(
        "ix_waiting_bedrooms",
        "waiting_entry",
        ["bedrooms_min"],
        unique=False,
        sqlite_where=sa.text("ended_at IS NULL"),
        postgresql_where=sa.text("ended_at IS NULL"),
    )
    op.create_index(op.f("ix_waiting_entry_applicant_id"), "waiting_entry", ["applicant_id"], unique=False)
    op.create_index(
        "ix_waiting_name",
        "waiting_entry",
        ["applicant_sort", "id", "list_scope_id"],
        unique=False,
        sqlite_where=sa.text("ended_at IS NULL"),
        postgresql_where=sa.text("ended_at IS NULL"),
    )
    op.create_index(
        "ix_waiting_order",
        "waiting_entry",
        ["priority_rank", "waiting_since", "id", "list_scope_id"],
        unique=False,
        sqlite_where=sa.text("ended_at IS NULL"),
        postgresql_where=sa.text("ended_at IS NULL"),
    )
    op.create_index(
        "ix_waiting_since",
        "waiting_entry",
        ["waiting_since", "id", "list_scope_id"],
        unique=False,
        sqlite_where=sa.text("ended_at IS NULL"),
        postgresql_where=sa.text("ended_at IS NULL"),
    )
    op.create_index(
        "ix_waiting_valid",
        "waiting_entry",
        ["valid_to", "id", "list_scope_id"],
        unique=False,
        sqlite_where=sa.text("ended_at IS NULL"),
        postgresql_where=sa.text("ended_at IS NULL"),
    )
    op.create_index(
        "uq_waiting_live",
        "waiting_entry",
        ["case_id"],
        unique=True,
        sqlite_where=sa.text("ended_at IS NULL"),
        postgresql_where=sa.text("ended_at IS NULL"),
    )


def make_offers() -> None:
    op.create_table(
        "shortlist",
        sa.Column("list_scope_id", sa.Integer(), nullable=False),
        sa.Column("vacancy_id", types.Id(), nullable=False),
        sa.Column("no", sa.Integer(), nullable=False),
        sa.Column("rule_edition_id", types.Id(), nullable=False),
        sa.Column("computed_at", types.Instant(length=27), nullable=False),
        sa.Column("as_of_on", sa.Date(), nullable=False),
        sa.Column("engine", sa.String(), nullable=False),
        sa.Column("snapshot_id", types.Id(), nullable=False),
        sa.Column("snapshot_sha256", sa.String(), nullable=False),
        sa.Column("considered", sa.Integer(), nullable=False),
        sa.Column("eligible", sa.Integer(), nullable=False),
        sa.Column("id", types.Id(), nullable=False),
        sa.Column("created_at", types.Instant(length=27), nullable=False),
        sa.Column("created_by", types.Id(), nullable=False),
        sa.ForeignKeyConstraint(
            ["rule_edition_id"], ["edition.id"], name=op.f("fk_shortlist_rule_edition_id")
        ),
        sa.ForeignKeyConstraint(["snapshot_id"], ["blob.id"], name=op.f("fk_shortlist_snapshot_id")),
        sa.ForeignKeyConstraint(["vacancy_id"], ["vacancy.id"], name=op.f("fk_shortlist_vacancy_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_shortlist")),
        sa.UniqueConstraint("vacancy_id", "no", name=op.f("uq_shortlist_vacancy_id_no")),
    )
    op.create_table(
        "shortlist_row",
        sa.Column("shortlist_id", types.Id(), nullable=False),
        sa.Column("case_id", types.Id(), nullable=False),
        sa.Column("waiting_entry_id", types.Id(), nullable=False),
        sa.Column("rank", sa.Integer(), nullable=True),
        sa.Column("first_fail", sa.String(), nullable=True),
        sa.Column("unknowns", sa.Integer(), nullable=False),
        sa.Column("to_team_at", types.Instant(length=27), nullable=True),
        sa.Column("skipped_reason", sa.String(), nullable=True),
        sa.Column("chosen", sa.Boolean(), nullable=False),
        sa.Column("id", types.Id(), nullable=False),
        sa.Column("row_version", sa.Integer(), nullable=False),
        sa.Column("created_at", types.Instant(length=27), nullable=False),
        sa.Column("created_by", types.Id(), nullable=False),
        sa.Column("changed_at", types.Instant(length=27), nullable=False),
        sa.Column("changed_by", types.Id(), nullable=False),
        sa.Column("list_scope_id", sa.Integer(), nullable=False),
        sa.Column("read_scope_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["case_file.id"], name=op.f("fk_shortlist_row_case_id")),
        sa.ForeignKeyConstraint(
            ["shortlist_id"], ["shortlist.id"], name=op.f("fk_shortlist_row_shortlist_id")
        ),
        sa.ForeignKeyConstraint(
            ["waiting_entry_id"], ["waiting_entry.id"], name=op.f("fk_shortlist_row_waiting_entry_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_shortlist_row")),
        sa.UniqueConstraint(
            "shortlist_id", "waiting_entry_id", name=op.f("uq_shortlist_row_shortlist_id_waiting_entry_id")
        ),
    )
    op.create_index(op.f("ix_shortlist_row_case_id"), "shortlist_row", ["case_id"], unique=False)
    op.create_index(
        op.f("ix_shortlist_row_waiting_entry_id"), "shortlist_row", ["waiting_entry_id"], unique=False
    )
    op.create_table(
        "offer",
        sa.Column("vacancy_id", types.Id(), nullable=False),
        sa.Column("dwelling_id", types.Id(), nullable=False),
        sa.Column("waiting_entry_id", types.Id(), nullable=False),
        sa.Column("case_id", types.Id(), nullable=False),
        sa.Column("applicant_id", types.Id(), nullable=False),
        sa.Column("household_id", types.Id(), nullable=True),
        sa.Column("shortlist_id", types.Id(), nullable=True),
        sa.Column("rank", sa.Integer(), nullable=True),
        sa.Column("chosen_reason", sa.String(), nullable=True),
        sa.Column("letter_id", types.Id(), nullable=True),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("terms", types.Json(), nullable=False),
        sa.Column("sent_on", sa.Date(), nullable=True),
        sa.Column("reply_due_on", sa.Date(), nullable=True),
        sa.Column("answer", sa.String(), nullable=True),
        sa.Column("answered_on", sa.Date(), nullable=True),
        sa.Column("answer_reason", sa.String(), nullable=True),
        sa.Column("consequence", sa.String(), nullable=True),
        sa.Column("viewing_at", types.Instant(length=27), nullable=True),
        sa.Column("accepted_at", types.Instant(length=27), nullable=True),
        sa.Column("ended_at", types.Instant(length=27), nullable=True),
        sa.Column("end_reason", sa.String(), nullable=True),
        sa.Column("id", types.Id(), nullable=False),
        sa.Column("row_version", sa.Integer(), nullable=False),
        sa.Column("created_at", types.Instant(length=27), nullable=False),
        sa.Column("created_by", types.Id(), nullable=False),
        sa.Column("changed_at", types.Instant(length=27), nullable=False),
        sa.Column("changed_by", types.Id(), nullable=False),
        sa.Column("list_scope_id", sa.Integer(), nullable=False),
        sa.Column("read_scope_id", sa.Integer(), nullable=False),
        sa.CheckConstraint("answer IN ('ja', 'nei', 'ikke_svart')", name=op.f("ck_offer_answer")),
        sa.ForeignKeyConstraint(["applicant_id"], ["person.id"], name=op.f("fk_offer_applicant_id")),
        sa.ForeignKeyConstraint(["case_id"], ["case_file.id"], name=op.f("fk_offer_case_id")),
        sa.ForeignKeyConstraint(["dwelling_id"], ["dwelling.id"], name=op.f("fk_offer_dwelling_id")),
        sa.ForeignKeyConstraint(["household_id"], ["household.id"], name=op.f("fk_offer_household_id")),
        sa.ForeignKeyConstraint(["shortlist_id"], ["shortlist.id"], name=op.f("fk_offer_shortlist_id")),
        sa.ForeignKeyConstraint(["vacancy_id"], ["vacancy.id"], name=op.f("fk_offer_vacancy_id")),
        sa.ForeignKeyConstraint(
            ["waiting_entry_id"], ["waiting_entry.id"], name=op.f("fk_offer_waiting_entry_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_offer")),
    )
    op.create_index(op.f("ix_offer_applicant_id"), "offer", ["applicant_id"], unique=False)
    op.create_index(op.f("ix_offer_case_id"), "offer", ["case_id"], unique=False)
    op.create_index(
        "ix_offer_due",
        "offer",
        ["reply_due_on", "id"],
        unique=False,
        sqlite_where=sa.text("ended_at IS NULL"),
        postgresql_where=sa.text("ended_at IS NULL"),
    )
    op.create_index(op.f("ix_offer_letter_id"), "offer", ["letter_id"], unique=False)
    op.create_index(op.f("ix_offer_vacancy_id"), "offer", ["vacancy_id"], unique=False)
    op.create_index(op.f("ix_offer_waiting_entry_id"), "offer", ["waiting_entry_id"], unique=False)
    op.create_index(
        "uq_offer_applicant",
        "offer",
        ["applicant_id"],
        unique=True,
        sqlite_where=sa.text("ended_at IS NULL"),
        postgresql_where=sa.text("ended_at IS NULL"),
    )
    op.create_index(
        "uq_offer_dwelling",
        "offer",
        ["dwelling_id"],
        unique=True,
        sqlite_where=sa.text("ended_at IS NULL"),
        postgresql_where=sa.text("ended_at IS NULL"),
    )
    op.create_index(
        "uq_offer_household",
        "offer",
        ["household_id"],
        unique=True,
        sqlite_where=sa.text("ended_at IS NULL"),
        postgresql_where=sa.text("ended_at IS NULL"),
    )


def make_letters() -> None:
    op.create_table(
        "letter",
        sa.Column("case_id", types.Id(), nullable=False),
        sa.Column("applicant_name", sa.String(), nullable=False),
        sa.Column("applicant_sort", types.AsciiKey(), nullable=False),
        sa.Column("protection", sa.SmallInteger(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("template_edition_id", types.Id(), nullable=True),
        sa.Column("approval", sa.String(), nullable=False),
        sa.Column("track_id", types.Id(), nullable=True),
        sa.Column("offer_id", types.Id(), nullable=True),
        sa.Column("body", types.Json(), nullable=False),
        sa.Column("body_sha256", sa.String(), nullable=False),
        sa.Column("made_from_version", sa.Integer(), nullable=False),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("written_by", types.Id(), nullable=False),
        sa.Column("approved_by", types.Id(), nullable=True),
        sa.Column("finalised_at", types.Instant(length=27), nullable=True),
        sa.Column("finalised_by", types.Id(), nullable=True),
        sa.Column("dated_on", sa.Date(), nullable=True),
        sa.Column("sent_on", sa.Date(), nullable=True),
        sa.Column("appeal_due_on", sa.Date(), nullable=True),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("printed_at", types.Instant(length=27), nullable=True),
        sa.Column("document_id", types.Id(), nullable=True),
        sa.Column("journal_id", types.Id(), nullable=True),
        sa.Column("journal_number", sa.String(), nullable=True),
        sa.Column("replaces_id", types.Id(), nullable=True),
        sa.Column("ended_at", types.Instant(length=27), nullable=True),
        sa.Column("end_reason", sa.String(), nullable=True),
        sa.Column("id", types.Id(), nullable=False),
        sa.Column("row_version", sa.Integer(), nullable=False),
        sa.Column("created_at", types.Instant(length=27), nullable=False),
        sa.Column("created_by", types.Id(), nullable=False),
        sa.Column("changed_at", types.Instant(length=27), nullable=False),
        sa.Column("changed_by", types.Id(), nullable=False),
        sa.Column("list_scope_id", sa.Integer(), nullable=False),
        sa.Column("read_scope_id", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "status IN ('kladd', 'til_godkjenning', 'godkjent', 'ferdigstilt', 'ekspedert', 'tilbakekalt')",
            name=op.f("ck_letter_status"),
        ),
        sa.ForeignKeyConstraint(["case_id"], ["case_file.id"], name=op.f("fk_letter_case_id")),
        sa.ForeignKeyConstraint(["document_id"], ["document.id"], name=op.f("fk_letter_document_id")),
        sa.ForeignKeyConstraint(["offer_id"], ["offer.id"], name=op.f("fk_letter_offer_id")),
        sa.ForeignKeyConstraint(["replaces_id"], ["letter.id"], name=op.f("fk_letter_replaces_id")),
        sa.ForeignKeyConstraint(
            ["template_edition_id"], ["edition.id"], name=op.f("fk_letter_template_edition_id")
        ),
        sa.ForeignKeyConstraint(["track_id"], ["legal_track.id"], name=op.f("fk_letter_track_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_letter")),
    )
    op.create_index(op.f("ix_letter_case_id"), "letter", ["case_id"], unique=False)
    op.create_index(op.f("ix_letter_journal_id"), "letter", ["journal_id"], unique=False)
    op.create_index("ix_letter_name", "letter", ["applicant_sort", "id", "list_scope_id"], unique=False)
    op.create_index(
        "ix_letter_status", "letter", ["status", "changed_at", "id", "list_scope_id"], unique=False
    )


def make_dispatch() -> None:
    op.create_table(
        "journal_entry",
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("case_id", types.Id(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("document_id", types.Id(), nullable=False),
        sa.Column("letter_id", types.Id(), nullable=True),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("public_title", sa.String(), nullable=False),
        sa.Column("counterpart", sa.String(), nullable=False),
        sa.Column("document_on", sa.Date(), nullable=False),
        sa.Column("registered_at", types.Instant(length=27), nullable=False),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("shield_basis", sa.String(), nullable=True),
        sa.Column("id", types.Id(), nullable=False),
        sa.Column("row_version", sa.Integer(), nullable=False),
        sa.Column("created_at", types.Instant(length=27), nullable=False),
        sa.Column("created_by", types.Id(), nullable=False),
        sa.Column("changed_at", types.Instant(length=27), nullable=False),
        sa.Column("changed_by", types.Id(), nullable=False),
        sa.Column("read_scope_id", sa.Integer(), nullable=False),
        sa.Column("protection", sa.SmallInteger(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["case_file.id"], name=op.f("fk_journal_entry_case_id")),
        sa.ForeignKeyConstraint(["document_id"], ["document.id"], name=op.f("fk_journal_entry_document_id")),
        sa.ForeignKeyConstraint(["letter_id"], ["letter.id"], name=op.f("fk_journal_entry_letter_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_journal_entry")),
        sa.UniqueConstraint("number", name=op.f("uq_journal_entry_number")),
        sa.UniqueConstraint("year", "seq", name=op.f("uq_journal_entry_year_seq")),
    )
    op.create_index(op.f("ix_journal_entry_case_id"), "journal_entry", ["case_id"], unique=False)
    op.create_table(
        "letter_approval",
        sa.Column("case_id", types.Id(), nullable=False),
        sa.Column("letter_id", types.Id(), nullable=False),
        sa.Column("by", types.Id(), nullable=False),
        sa.Column("outcome", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=True),
        sa.Column("comment", sa.String(), nullable=True),
        sa.Column("body_sha256", sa.String(), nullable=False),
        sa.Column("id", types.Id(), nullable=False),
        sa.Column("created_at", types.Instant(length=27), nullable=False),
        sa.Column("created_by", types.Id(), nullable=False),
        sa.Column("read_scope_id", sa.Integer(), nullable=False),
        sa.Column("protection", sa.SmallInteger(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["case_file.id"], name=op.f("fk_letter_approval_case_id")),
        sa.ForeignKeyConstraint(["letter_id"], ["letter.id"], name=op.f("fk_letter_approval_letter_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_letter_approval")),
    )
    op.create_index(op.f("ix_letter_approval_case_id"), "letter_approval", ["case_id"], unique=False)
    op.create_index(op.f("ix_letter_approval_letter_id"), "letter_approval", ["letter_id"], unique=False)
    op.create_table(
        "letter_recipient",
        sa.Column("case_id", types.Id(), nullable=False),
        sa.Column("letter_id", types.Id(), nullable=False),
        sa.Column("person_id", types.Id(), nullable=True),
        sa.Column("role", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=True),
        sa.Column("address_text", sa.String(), nullable=True),
        sa.Column("route", sa.String(), nullable=False),
        sa.Column("dispatched_on", sa.Date(), nullable=True),
        sa.Column("arrived_on", sa.Date(), nullable=True),
        sa.Column("arrived_basis", sa.String(), nullable=True),
        sa.Column("arrived_reason", sa.String(), nullable=True),
        sa.Column("failed_reason", sa.String(), nullable=True),
        sa.Column("ended_at", types.Instant(length=27), nullable=True),
        sa.Column("id", types.Id(), nullable=False),
        sa.Column("row_version", sa.Integer(), nullable=False),
        sa.Column("created_at", types.Instant(length=27), nullable=False),
        sa.Column("created_by", types.Id(), nullable=False),
        sa.Column("changed_at", types.Instant(length=27), nullable=False),
        sa.Column("changed_by", types.Id(), nullable=False),
        sa.Column("read_scope_id", sa.Integer(), nullable=False),
        sa.Column("protection", sa.SmallInteger(), nullable=False),
        sa.CheckConstraint(
            "arrived_basis IN ('antatt', 'kjent', 'rettet')", name=op.f("ck_letter_recipient_arrived_basis")
        ),
        sa.CheckConstraint(
            "role IN ('mottaker', 'kopi', 'verge', 'fullmektig')", name=op.f("ck_letter_recipient_role")
        ),
        sa.CheckConstraint("route IN ('post', 'hand', 'skjermet')", name=op.f("ck_letter_recipient_route")),
        sa.ForeignKeyConstraint(["case_id"], ["case_file.id"], name=op.f("fk_letter_recipient_case_id")),
        sa.ForeignKeyConstraint(["letter_id"], ["letter.id"], name=op.f("fk_letter_recipient_letter_id")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_letter_recipient_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_letter_recipient")),
    )
    op.create_index(op.f("ix_letter_recipient_case_id"), "letter_recipient", ["case_id"], unique=False)
    op.create_index(op.f("ix_letter_recipient_letter_id"), "letter_recipient", ["letter_id"], unique=False)
    op.create_index(op.f("ix_letter_recipient_person_id"), "letter_recipient", ["person_id"], unique=False)


def make_printing() -> None:
    op.create_table(
        "print_batch",
        sa.Column("started_at", types.Instant(length=27), nullable=False),
        sa.Column("printer", sa.String(), nullable=False),
        sa.Column("ended_at", types.Instant(length=27), nullable=True),
        sa.Column("id", types.Id(), nullable=False),
        sa.Column("row_version", sa.Integer(), nullable=False),
        sa.Column("created_at", types.Instant(length=27), nullable=False),
        sa.Column("created_by", types.Id(), nullable=False),
        sa.Column("changed_at", types.Instant(length=27), nullable=False),
        sa.Column("changed_by", types.Id(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_print_batch")),
    )
    op.create_table(
        "print_item",
        sa.Column("batch_id", types.Id(), nullable=False),
        sa.Column("letter_id", types.Id(), nullable=False),
        sa.Column("no", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("id", types.Id(), nullable=False),
        sa.Column("row_version", sa.Integer(), nullable=False),
        sa.Column("created_at", types.Instant(length=27), nullable=False),
        sa.Column("created_by", types.Id(), nullable=False),
        sa.Column("changed_at", types.Instant(length=27), nullable=False),
        sa.Column("changed_by", types.Id(), nullable=False),
        sa.ForeignKeyConstraint(["batch_id"], ["print_batch.id"], name=op.f("fk_print_item_batch_id")),
        sa.ForeignKeyConstraint(["letter_id"], ["letter.id"], name=op.f("fk_print_item_letter_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_print_item")),
    )
    op.create_index(op.f("ix_print_item_batch_id"), "print_item", ["batch_id"], unique=False)
    op.create_index(op.f("ix_print_item_letter_id"), "print_item", ["letter_id"], unique=False)


def index_few() -> None:
    """The few that are looked for often: the protected at every opening, merged files at every change."""
    for name, column, where in (
        ("ix_person_protected", "protection", "protection > 0"),
        ("ix_person_merged", "merged_into_id", "merged_into_id IS NOT NULL"),
    ):
        few = sa.text(where)
        op.create_index(name, "person", [column], sqlite_where=few, postgresql_where=few)


def open_task_kinds(connection: sa.Connection) -> None:
    """The catalogue of tasks grows with every version: the CHECK of ``task.kind`` goes."""
    if connection.dialect.name != "sqlite":
        op.drop_constraint(op.f("ck_task_kind"), "task", type_="check")
        return
    remade = "task_remade"
    make_task(remade)
    names = ", ".join(f'"{column["name"]}"' for column in sa.inspect(connection).get_columns(remade))
    connection.exec_driver_sql(f"INSERT INTO {remade} ({names}) SELECT {names} FROM task")  # noqa: S608 - names of ours
    op.drop_table("task")
    op.rename_table(remade, "task")
    live = sa.text("ended_at IS NULL")
    op.create_index("ix_task_case_id", "task", ["case_id"])
    op.create_index("ix_task_person_id", "task", ["person_id"])
    for name, columns in {
        "ix_task_due": ["due_on", "id", "list_scope_id"],
        "ix_task_owner": ["assignee_id", "due_on", "id"],
        "ix_task_scope": ["list_scope_id", "due_on", "id"],
    }.items():
        op.create_index(name, "task", columns, sqlite_where=live)
    run(connection, triggers.version_step("sqlite", "task"))


def make_task(name: str) -> None:
    """The table of 0001 without the CHECK of its kind."""
    op.create_table(
        name,
        sa.Column("case_id", types.Id(), nullable=True),
        sa.Column("person_id", types.Id(), nullable=True),
        sa.Column("subject_kind", sa.String(), nullable=False),
        sa.Column("subject_id", types.Id(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("deadline_id", types.Id(), nullable=True),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("show_from", sa.Date(), nullable=True),
        sa.Column("is_movable", sa.Boolean(), nullable=False),
        sa.Column("assignee_id", types.Id(), nullable=True),
        sa.Column("org_unit_id", types.Id(), nullable=False),
        sa.Column("waiting_on", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("postponed_reason", sa.String(), nullable=True),
        sa.Column("done_at", types.Instant(), nullable=True),
        sa.Column("done_by", types.Id(), nullable=True),
        sa.Column("ended_at", types.Instant(), nullable=True),
        sa.Column("id", types.Id(), nullable=False),
        sa.Column("row_version", sa.Integer(), nullable=False),
        sa.Column("created_at", types.Instant(), nullable=False),
        sa.Column("created_by", types.Id(), nullable=False),
        sa.Column("changed_at", types.Instant(), nullable=False),
        sa.Column("changed_by", types.Id(), nullable=False),
        sa.Column("list_scope_id", sa.Integer(), nullable=False),
        sa.Column("read_scope_id", sa.Integer(), nullable=False),
        sa.CheckConstraint("state IN ('apen', 'utsatt', 'ferdig', 'bortfalt')", name=op.f("ck_task_state")),
        sa.CheckConstraint("waiting_on IN ('ingen', 'soker', 'andre')", name=op.f("ck_task_waiting_on")),
        sa.ForeignKeyConstraint(["assignee_id"], ["app_user.id"], name=op.f("fk_task_assignee_id")),
        sa.ForeignKeyConstraint(["case_id"], ["case_file.id"], name=op.f("fk_task_case_id")),
        sa.ForeignKeyConstraint(["deadline_id"], ["deadline.id"], name=op.f("fk_task_deadline_id")),
        sa.ForeignKeyConstraint(["org_unit_id"], ["org_unit.id"], name=op.f("fk_task_org_unit_id")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_task_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_task")),
    )


def install_guards(connection: sa.Connection) -> None:
    dialect = connection.dialect.name
    for table in VERSIONED:
        run(connection, triggers.version_step(dialect, table))
    for table, columns in FINAL.items():
        run(connection, triggers.append_only(dialect, table, columns))
    for table, (columns, when) in FROZEN.items():
        run(connection, triggers.frozen(dialect, table, columns, when))


def run(connection: sa.Connection, statements: list[str]) -> None:
    for statement in statements:
        connection.exec_driver_sql(statement)


def downgrade() -> None:
    raise NotImplementedError("a store goes back by restoring its backup")
