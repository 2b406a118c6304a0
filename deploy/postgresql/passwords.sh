#!/bin/sh
# Gives the roles of roles.sql the passwords of their URLs; for the image of PostgreSQL, which runs it when the database is created.
set -eu
for role in publisher reader; do
  # postgres://<role>:<password>@<host>/<database>; a password of other than letters and digits would have to be decoded.
  password=$(sed -n 's|^postgres://[^:/@]*:\([0-9A-Za-z]*\)@.*|\1|p' "/run/secrets/$role-url")
  [ -n "$password" ] || { echo "$role-url: expected a URL with a password of letters and digits." >&2; exit 1; }
  echo "alter role dossier_$role password '$password'" | psql --quiet --set=ON_ERROR_STOP=1 --username=postgres --dbname=dossier
done
