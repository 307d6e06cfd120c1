"""what was said and done in a Case, parts of it, what came of a stage"""

import sqlalchemy as sa
from alembic import op

import store.columns

revision = '0003'
down_revision = '0002'
branch_labels = None
depends_on = None

FOR_ROWS_THERE_WERE = (
    ('assignments', ('part',)), ('stages', ('outcome',)), ('reactions', ('brought_name', 'brought_address')),
)  # their default is dropped again


def upgrade() -> None:
    op.create_table('marks',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('case_id', sa.String(length=16), nullable=False),
    sa.Column('said', sa.String(length=80), nullable=False),
    sa.Column('at', store.columns.Moment(timezone=True), nullable=False),
    sa.Column('by', sa.String(length=80), nullable=False),
    sa.Column('reaction', sa.Integer(), nullable=False),
    sa.Column('mail', sa.Integer(), nullable=False),
    sa.Column('day', sa.Date(), nullable=True),
    sa.Column('about', sa.String(length=80), nullable=False),
    sa.Column('text', store.columns.Personal(), nullable=False),
    sa.ForeignKeyConstraint(['case_id'], ['cases.id'], name=op.f('fk_marks_case_id_cases')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_marks'))
    )
    op.create_index(op.f('ix_marks_case_id'), 'marks', ['case_id'], unique=False)
    op.add_column('assignments', sa.Column('part', sa.Boolean(), nullable=False, server_default=sa.false()))
    op.add_column('stages', sa.Column('outcome', store.columns.Personal(), nullable=False, server_default=''))
    op.add_column('stages', sa.Column('ended', store.columns.Moment(timezone=True), nullable=True))
    op.add_column('letters', sa.Column('returned', store.columns.Moment(timezone=True), nullable=True))
    for name in ('brought_name', 'brought_address'):
        op.add_column('reactions', sa.Column(name, store.columns.Personal(), nullable=False, server_default=''))
    for table, names in FOR_ROWS_THERE_WERE:
        with op.batch_alter_table(table) as batch:
            for name in names:
                batch.alter_column(name, server_default=None)


def downgrade() -> None:
    op.drop_column('reactions', 'brought_address')
    op.drop_column('reactions', 'brought_name')
    op.drop_column('letters', 'returned')
    op.drop_column('stages', 'ended')
    op.drop_column('stages', 'outcome')
    op.drop_column('assignments', 'part')
    op.drop_index(op.f('ix_marks_case_id'), table_name='marks')
    op.drop_table('marks')
