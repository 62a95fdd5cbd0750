"""The web desk: the queue, one draft with its evidence, decisions. Server-rendered; works without JavaScript."""
