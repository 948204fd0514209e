from faircopy.tasks import namespace
