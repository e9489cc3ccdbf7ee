// Sends a ballot that was signed on this phone and has not been confirmed yet.

import { courierOf, finish } from "./send.js";

async function begin() {
  const courier = courierOf(document.getElementById("paper"), () => {});
  if (!(await courier.waiting())) return;
  document.getElementById("sending").hidden = false;
  await finish(courier.deliver());
}

begin().catch(() => {}); // a browser without IndexedDB has nothing to send
