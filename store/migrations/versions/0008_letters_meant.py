"""which letter a word means"""

import sqlalchemy as sa
from alembic import op

revision = '0008'
down_revision = '0007'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column('marks', sa.Column('of', sa.Integer(), server_default='0', nullable=False))
    with op.batch_alter_table('marks') as batch:
        batch.alter_column('of', server_default=None)


def downgrade() -> None:
    op.drop_column('marks', 'of')
