"""indexes for what every pass looks up: it must not cost more with every mail that ever came"""

import sqlalchemy as sa
from alembic import op

revision = '0006'
down_revision = '0005'
branch_labels = None
depends_on = None

NOT_FILED = sa.text('filed IS NULL')


def upgrade() -> None:
    op.create_index(op.f('ix_reactions_text_hash'), 'reactions', ['text_hash'], unique=False)
    op.create_index('ix_letters_duty_planned', 'letters', ['duty', 'planned'], unique=False)
    for name, table, columns in PARTIAL:
        op.create_index(
            name, table, list(columns), unique=False, sqlite_where=NOT_FILED, postgresql_where=NOT_FILED
        )


PARTIAL = (
    ('ix_letters_not_filed', 'letters', ('state', 'id')),
    ('ix_sightings_not_filed', 'sightings', ('id',)),
)


def downgrade() -> None:
    for name, table, _ in PARTIAL:
        op.drop_index(name, table_name=table)
    op.drop_index('ix_letters_duty_planned', table_name='letters')
    op.drop_index(op.f('ix_reactions_text_hash'), table_name='reactions')
