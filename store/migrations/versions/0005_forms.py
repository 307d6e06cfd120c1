"""the contact form a reaction came as"""

import sqlalchemy as sa
from alembic import op

import store.columns

revision = '0005'
down_revision = '0004'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column('reactions', sa.Column('form', store.columns.PersonalJson(), nullable=True))


def downgrade() -> None:
    op.drop_column('reactions', 'form')
