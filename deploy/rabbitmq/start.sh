#!/bin/sh
# Put the instance's password into the definitions and start the broker.
set -eu
umask 077
sed "s/@BUS_PASSWORD@/$(cat /run/secrets/bus)/" /etc/rabbitmq/definitions.json >/tmp/definitions.json
chown rabbitmq:rabbitmq /tmp/definitions.json
exec docker-entrypoint.sh rabbitmq-server
