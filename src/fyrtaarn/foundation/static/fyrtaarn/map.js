// Puts the points of a list on a map. The list beside says the same to those who do not see the map.
"use strict";

const DENMARK = [[54.5, 7.9], [57.85, 15.3]];
const CLOSEST = 11;

// Points of one place (within a hundred metres or so) share a mark that shows how many they are.
function byPlace(points) {
  const places = new Map();
  for (const point of points) {
    const key = `${Number(point.lat).toFixed(3)} ${Number(point.lon).toFixed(3)}`;
    places.set(key, [...(places.get(key) ?? []), point]);
  }
  return [...places.values()];
}

function placeMarker(points) {
  const list = document.createElement("ul");
  list.className = "map-titles";
  for (const point of points) {
    const words = document.createElement(point.url ? "a" : "span");
    words.textContent = point.title;
    if (point.url) words.href = point.url;
    list.appendChild(document.createElement("li")).append(words);
  }
  const size = points.length > 1 ? 32 : 22;
  const icon = L.divIcon({
    className: "map-point",
    html: points.length > 1 ? String(points.length) : "",
    iconSize: [size, size],
  });
  // not reachable by keyboard: the links of the list beside are
  return L.marker([points[0].lat, points[0].lon], { icon, keyboard: false }).bindPopup(list, { maxHeight: 260 });
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
  const markers = L.featureGroup(byPlace(points).map(placeMarker)).addTo(map);
  map.fitBounds(points.length ? markers.getBounds().pad(0.3) : DENMARK, { maxZoom: CLOSEST, animate: false });
  if (element.dataset.tiles) {
    L.tileLayer(element.dataset.tiles).addTo(map);
  } else {
    map.attributionControl.addAttribution("Natural Earth");
    drawOutline(map, element.dataset.outline);
  }
}

document.addEventListener("DOMContentLoaded", () => document.querySelectorAll(".map").forEach(drawMap));
