// For browsers that know no modules: nothing else here runs there, so show the way out.
document.getElementById("cannot").hidden = false;
