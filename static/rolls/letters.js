// The letters page: ask how far the running job is, until it is done.
const box = document.querySelector("[data-job]");

async function look() {
  const answer = await fetch(box.dataset.job, { headers: { Accept: "application/json" } });
  const job = await answer.json();
  if (job.state === "done" || job.state === "failed") return location.reload();
  box.querySelector("progress").max = job.total || 1;
  box.querySelector("progress").value = job.done;
  box.querySelector("output").textContent =
    job.total ? `已排好 ${job.done} 封，共 ${job.total} 封` : "正在准备……";
  setTimeout(look, 1000);
}

if (box) look();
