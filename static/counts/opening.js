// The opening page: the passphrase unwraps the key here; only the unwrapped key is sent.
import { unwrapOpeningKey } from "/static/rolls/wrapping.js";

const form = document.getElementById("opening");
const said = document.getElementById("opening-said");

form.addEventListener("submit", async (event) => {
  if (form.elements.key.value) return;
  event.preventDefault();
  said.hidden = false;
  said.textContent = "正在核对口令，请稍候……";
  try {
    const passphrase = document.getElementById("f-passphrase").value;
    form.elements.key.value = await unwrapOpeningKey(form.dataset.wrapped, passphrase);
    form.requestSubmit();
  } catch {
    said.textContent = "口令不对，请再输入一次。大小写和空格也要一样。";
  }
});
