# SPDX-License-Identifier: EUPL-1.2
"""Runs migrations on the connection that `intake.store.schema` gives, inside its transaction."""

from alembic import context

context.configure(connection=context.config.attributes["connection"], transactional_ddl=False)
context.run_migrations()
