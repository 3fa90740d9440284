"""${message}"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from boligdesk.storage import types
${imports if imports else ""}

revision = ${repr(up_revision)}
down_revision = ${repr(down_revision)}
branch_labels = None
depends_on = None


def upgrade() -> None:
    ${upgrades if upgrades else "pass"}


def downgrade() -> None:
    raise NotImplementedError("a store goes back by restoring its backup")
