"""which model judges from when on"""

import sqlalchemy as sa
from alembic import op

import store.columns

revision = '0002'
down_revision = '0001'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('model_uses',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('model', sa.String(length=80), nullable=False),
    sa.Column('at', store.columns.Moment(timezone=True), nullable=False),
    sa.Column('by', sa.String(length=80), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_model_uses'))
    )


def downgrade() -> None:
    op.drop_table('model_uses')
