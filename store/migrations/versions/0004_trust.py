"""journal and anchors are append-only, anchors go by row, and the keys of what is sealed"""

import sqlalchemy as sa
from alembic import op

revision = '0004'
down_revision = '0003'
branch_labels = None
depends_on = None

GUARDED = ('journal', 'anchors')
WHY = 'the journal is append-only'


def upgrade() -> None:
    # An anchor that went by time cannot be checked: they begin anew, and the first holds everything before it.
    op.drop_table('anchors')
    op.create_table('anchors',
    sa.Column('day', sa.Date(), nullable=False),
    sa.Column('entries', sa.Integer(), nullable=False),
    sa.Column('last', sa.Integer(), nullable=False),
    sa.Column('digest', sa.String(length=64), nullable=False),
    sa.PrimaryKeyConstraint('day', name=op.f('pk_anchors'))
    )
    op.create_table('seals',
    sa.Column('key_id', sa.String(length=80), nullable=False),
    sa.Column('probe', sa.String(length=200), nullable=False),
    sa.Column('whole', sa.Boolean(), nullable=False),
    sa.PrimaryKeyConstraint('key_id', name=op.f('pk_seals'))
    )
    if op.get_bind().dialect.name == 'postgresql':
        op.execute(
            "CREATE FUNCTION krm_append_only() RETURNS trigger LANGUAGE plpgsql AS "
            f"$$ BEGIN RAISE EXCEPTION '{WHY}'; END $$"
        )
    for table in GUARDED:
        for statement in _guards(table, op.get_bind().dialect.name):
            op.execute(statement)


def _guards(table: str, dialect: str) -> tuple[str, ...]:
    if dialect == 'postgresql':
        return (
            f"CREATE TRIGGER {table}_stays BEFORE UPDATE OR DELETE OR TRUNCATE ON {table} "
            "FOR EACH STATEMENT EXECUTE FUNCTION krm_append_only()",
        )
    return tuple(
        f"CREATE TRIGGER {table}_stays_{what} BEFORE {what} ON {table} BEGIN SELECT RAISE(ABORT, '{WHY}'); END"
        for what in ('update', 'delete')
    )


def downgrade() -> None:
    dialect = op.get_bind().dialect.name
    for table in GUARDED:
        for name in (f'{table}_stays',) if dialect == 'postgresql' else (f'{table}_stays_update', f'{table}_stays_delete'):
            op.execute(f"DROP TRIGGER {name}" + (f" ON {table}" if dialect == 'postgresql' else ''))
    if dialect == 'postgresql':
        op.execute("DROP FUNCTION krm_append_only()")
    op.drop_table('seals')
    with op.batch_alter_table('anchors') as batch:
        batch.drop_column('last')
