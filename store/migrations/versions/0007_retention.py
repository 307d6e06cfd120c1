"""legal holds, and what is left of what was deleted"""

import sqlalchemy as sa
from alembic import op

import store.columns

revision = '0007'
down_revision = '0006'
branch_labels = None
depends_on = None

NOT_DONE = sa.text('done IS NULL')


def upgrade() -> None:
    op.create_table('holds',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('case_id', sa.String(length=16), nullable=False),
    sa.Column('since', store.columns.Moment(timezone=True), nullable=False),
    sa.Column('by', sa.String(length=80), nullable=False),
    sa.Column('reason', store.columns.Personal(), nullable=False),
    sa.Column('released', store.columns.Moment(timezone=True), nullable=True),
    sa.Column('released_by', sa.String(length=80), nullable=False),
    sa.ForeignKeyConstraint(['case_id'], ['cases.id'], name=op.f('fk_holds_case_id_cases')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_holds'))
    )
    op.create_index(op.f('ix_holds_case_id'), 'holds', ['case_id'], unique=False)
    op.create_table('deletions',
    sa.Column('subject', sa.String(length=80), nullable=False),
    sa.Column('kept_as', sa.String(length=80), nullable=False),
    sa.Column('year', sa.Integer(), nullable=True),
    sa.Column('sequence', sa.Integer(), nullable=True),
    sa.Column('arrived', store.columns.Moment(timezone=True), nullable=False),
    sa.Column('since', sa.Date(), nullable=False),
    sa.Column('handed_over', sa.Boolean(), nullable=False),
    sa.Column('offered', store.columns.Moment(timezone=True), nullable=True),
    sa.Column('begun', store.columns.Moment(timezone=True), nullable=True),
    sa.Column('by', sa.String(length=80), nullable=False),
    sa.Column('done', store.columns.Moment(timezone=True), nullable=True),
    sa.PrimaryKeyConstraint('subject', name=op.f('pk_deletions'))
    )
    op.create_index(
        'ix_deletions_not_done', 'deletions', ['subject'], unique=False, sqlite_where=NOT_DONE, postgresql_where=NOT_DONE
    )
    op.create_index('ix_cases_state_arrived', 'cases', ['state', 'arrived'], unique=False)


def downgrade() -> None:
    op.drop_index('ix_cases_state_arrived', table_name='cases')
    op.drop_index('ix_deletions_not_done', table_name='deletions')
    op.drop_table('deletions')
    op.drop_index(op.f('ix_holds_case_id'), table_name='holds')
    op.drop_table('holds')
