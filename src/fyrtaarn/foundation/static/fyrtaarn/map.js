// Puts the points of a list on a map. The list beside says the same to those who do not see the map.
"use strict";

const DENMARK = [[54.5, 7.9], [57.85, 15.3]];
const CLOSEST = 11;

function pointMarker(point, number) {
  const icon = L.divIcon({ className: "map-point", html: String(number), iconSize: [30, 30] });
  const words = document.createElement(point.url ? "a" : "span");
  words.textContent = point.title;
  if (point.url) words.href = point.url;
  // not reachable by keyboard: the links of the list beside are
  return L.marker([point.lat, point.lon], { icon, title: point.title, keyboard: false }).bindPopup(words);
}

async function drawOutline(map, address) {
  const outline = await (await fetch(address)).json();
  L.geoJSON(outline.land, { className: "map-land", interactive: false }).addTo(map);
  for (const place of outline.places) {
    L.marker([place.lat, place.lon], {
      icon: L.divIcon({ className: `map-place map-place-${place.rank}`, html: place.name, iconSize: null }),
      interactive: false,
      keyboard: false,
    }).addTo(map);
  }
}

function drawMap(element) {
  element.hidden = false;
  const moving = window.matchMedia("(prefers-reduced-motion: no-preference)").matches;
  const map = L.map(element, { scrollWheelZoom: false, zoomAnimation: moving, fadeAnimation: moving });
  map.attributionControl.setPrefix(false);
  map.on("zoomend", () => element.classList.toggle("map-near", map.getZoom() >= 9));
  const points = JSON.parse(element.dataset.points);
  const markers = L.featureGroup(points.map((point, index) => pointMarker(point, index + 1))).addTo(map);
  map.fitBounds(points.length ? markers.getBounds().pad(0.3) : DENMARK, { maxZoom: CLOSEST, animate: false });
  if (element.dataset.tiles) {
    L.tileLayer(element.dataset.tiles).addTo(map);
  } else {
    map.attributionControl.addAttribution("Natural Earth");
    drawOutline(map, element.dataset.outline);
  }
}

document.addEventListener("DOMContentLoaded", () => document.querySelectorAll(".map").forEach(drawMap));
