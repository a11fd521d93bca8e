"""The files of a deployment in containers say what the program knows."""

import json
import re
from typing import Any

import pytest
import yaml

from shared.contracts.types import EXCHANGE, TYPES
from shared.runtime.service import installed
from shared.runtime.settings import PREFIX, every_setting
from tests.architecture.code import ROOT

COMPOSE: dict[str, Any] = yaml.safe_load((ROOT / "docker-compose.yml").read_text())
CONTAINERS: dict[str, Any] = COMPOSE["services"]
NAMES = list(installed())
OURS = [name for name, container in CONTAINERS.items() if container.get("image", "").startswith("working-carers/")]
DEFINITIONS = json.loads((ROOT / "deploy/rabbitmq/definitions.json").read_text())


@pytest.mark.parametrize("name", NAMES)
def test_every_service_migrates_then_serves_and_works_in_containers_of_its_own(name: str) -> None:
    for container, command in ((f"{name}-migrate", "migrate"), (name, "web"), (f"{name}-worker", "worker")):
        assert CONTAINERS[container]["command"] == [command, name]
        assert CONTAINERS[container]["build"]["args"] == {"SERVICE": name}
        assert name in CONTAINERS[container]["secrets"]
    for container in (name, f"{name}-worker"):
        assert CONTAINERS[container]["depends_on"][f"{name}-migrate"]["condition"] == "service_completed_successfully"
    assert CONTAINERS[f"{name}-worker"]["depends_on"]["world"]["condition"] == "service_completed_successfully"


def test_the_world_is_made_once_every_service_has_migrated_and_before_any_works() -> None:
    world = CONTAINERS["world"]
    assert world["command"] == ["demo", "--unless-made"]
    assert set(world["depends_on"]) == {f"{name}-migrate" for name in NAMES}
    assert set(NAMES) <= set(world["secrets"])


def test_every_file_that_a_container_is_given_is_there() -> None:
    given = [volume for container in CONTAINERS.values() for volume in container.get("volumes", ())]
    files = [ROOT / volume.partition(":")[0] for volume in given if volume.startswith("./")]
    assert files
    assert [file for file in files if not file.exists()] == []


@pytest.mark.parametrize("name", OURS)
def test_our_containers_have_settings_that_exist_no_rights_and_time_to_stop(name: str) -> None:
    container = CONTAINERS[name]
    known = {PREFIX + setting.variable for setting in every_setting()}
    assert set(container["environment"]) <= known
    assert container["read_only"]
    assert container["cap_drop"] == ["ALL"]
    assert int(container["stop_grace_period"].rstrip("s")) > 30


def test_the_settings_name_the_services_that_there_are() -> None:
    environment = CONTAINERS["front"]["environment"]
    assert sorted(environment["CARERS_SERVICES"].split(",")) == sorted(NAMES)
    assert DEFINITIONS["exchanges"][0]["name"] == EXCHANGE


def test_people_reach_it_from_this_machine_alone() -> None:
    published = [port for container in CONTAINERS.values() for port in container.get("ports", ())]
    assert published == ["127.0.0.1:8080:8080"]


def test_every_password_is_a_file_that_is_made_and_not_kept() -> None:
    made = re.search(r"for name in (.*); do", (ROOT / "deploy/make-secrets").read_text())
    assert made
    assert set(made[1].split()) == COMPOSE["secrets"].keys()
    assert "secrets/" in (ROOT / "deploy/.gitignore").read_text().splitlines()


def test_an_image_holds_one_service_alone_but_for_the_one_that_makes_the_world() -> None:
    copied = re.findall(r"^COPY (services\S*)", (ROOT / "deploy/Dockerfile").read_text(), re.MULTILINE)
    assert copied == ["services/__init__.py", "services/${SERVICE}", "services"]


@pytest.mark.parametrize("name", NAMES)
def test_databases_secrets_and_paths_are_there_for_every_service(name: str) -> None:
    assert re.search(rf"for service in .*\b{name}\b", (ROOT / "deploy/postgres/create-services.sh").read_text())
    assert re.search(rf"\(\?<service>.*\b{name}\b", (ROOT / "deploy/gateway/nginx.conf").read_text())


def test_the_brokers_permissions_are_anchored_and_their_dots_escaped() -> None:
    held = DEFINITIONS["permissions"] + DEFINITIONS["topic_permissions"]
    patterns = [text for entry in held for right in ("configure", "write", "read") if (text := entry.get(right))]
    assert len(patterns) == 5
    for pattern in patterns:
        assert pattern.startswith("^")
        assert pattern.endswith("$")
        assert not re.search(r"(?<!\\)\.", pattern)


@pytest.mark.parametrize("publisher", TYPES)
def test_the_instance_may_speak_for_its_own_services_and_use_its_own_queues(publisher: str) -> None:
    topics, rights = DEFINITIONS["topic_permissions"][0], DEFINITIONS["permissions"][0]
    instance = CONTAINERS["front"]["environment"]["CARERS_INSTANCE"]
    assert re.search(topics["write"], f"{instance}.{publisher}")
    for foreign in (f"health.{publisher}", f"{instance}x{publisher}", f"{instance}.{publisher}.more", "#"):
        assert not re.search(topics["write"], foreign)
        assert not re.search(topics["read"], foreign)
    assert not re.search(rights["write"], "amq.default")
    subscriptions = [held.name for service in installed().values() for held in service.part("consumed").CONSUMED]
    for subscription in subscriptions:
        assert re.search(rights["configure"], f"{instance}.{subscription}")
