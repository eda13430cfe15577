"""jupyterhub-idle-culler on the hub's leash: it doesn't outlive a hub that was killed."""

import leash

leash.hold(0)

from jupyterhub_idle_culler import main  # noqa: E402

main()
