//! The report in a real browser: accessibility, phone, paper, dark, sorting, and nothing asked of the network.
//!
//! Chromium is found by `CANVASS_CHROMIUM` or on the path, axe-core (`axe.min.js`) by `CANVASS_AXE`. Without them it is
//! said what was not looked at; where `CI` is set, both must be there. All pages are looked at in one start, each in
//! frames as wide as a window, a phone or a sheet of paper.

mod pages;

use std::collections::BTreeMap;
use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::Command;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::Value;
use sha2::{Digest as _, Sha256};

/// Ways of reading, with the width of the window in pixels: paper is A4 within its margins.
const MODES: [(&str, u16); 4] = [("wide", 1280), ("phone", 360), ("dark", 1280), ("paper", 688)];

const PROBE: &str = include_str!("probe.js");

/// What was seen of one page: by mode, its faults and the orders of the rows of its first table.
type Seen = BTreeMap<(String, String), (Vec<String>, Vec<Vec<String>>)>;

#[test]
fn reports_are_whole_for_everybody() {
    let is_ci = std::env::var_os("CI").is_some();
    let Some(chromium) = chromium() else {
        assert!(!is_ci, "no Chromium on the path; CANVASS_CHROMIUM names one");
        say("not run: the report in a browser, because there is no Chromium (CANVASS_CHROMIUM names one)");
        return;
    };
    let axe = std::env::var_os("CANVASS_AXE").map(|path| fs::read_to_string(path).unwrap());
    if axe.is_none() {
        assert!(!is_ci, "CANVASS_AXE names no axe.min.js");
        say("not run: the audit of accessibility, because CANVASS_AXE names no axe.min.js of axe-core");
    }
    let folder = tempfile::tempdir().unwrap();
    let pages = pages::pages();
    for (name, page) in &pages {
        fs::write(folder.path().join(name), probed(page, axe.as_deref())).unwrap();
    }
    let seen = look(&chromium, folder.path(), pages.keys());
    assert_eq!(seen.len(), pages.len() * MODES.len(), "{:?}", seen.keys());
    let mut faults = Vec::new();
    for ((page, mode), (found, orders)) in &seen {
        if page == pages::FAULTY {
            continue;
        }
        faults.extend(found.iter().map(|fault| format!("{page}, {mode}: {fault}")));
        if page == pages::SORTED && mode == "wide" {
            assert_eq!(orders, &pages::orders());
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
    faults_are_found(&seen, axe.is_some());
}

/// A page on which something of everything is wrong.
fn faults_are_found(seen: &Seen, is_audited: bool) {
    let found = |mode: &str, words: &str| {
        let (faults, _) = &seen[&(pages::FAULTY.to_owned(), mode.to_owned())];
        assert!(faults.iter().any(|fault| fault.contains(words)), "{mode}: {words} in {faults:?}");
    };
    found("wide", "blocked by the policy: img-src https://example.org");
    found("wide", "blocked by the policy: script-src");
    found("wide", "a picture without words");
    found("wide", "a picture is not shown");
    found("phone", "the page is scrolled sideways");
    found("phone", "too small to read");
    found("paper", "cut on paper");
    if is_audited {
        found("wide", "image-alt");
        found("dark", "color-contrast");
    }
}

/// Looks at every page in every mode.
fn look<'a>(chromium: &Path, folder: &Path, pages: impl Iterator<Item = &'a String>) -> Seen {
    let frames = pages.flat_map(|page| {
        // Every page is audited once, and some in every way of reading.
        let is_thorough = [pages::FAULTY, pages::SORTED, "near-peer.html"].contains(&page.as_str());
        MODES.map(|(mode, width)| {
            let audit = if mode == "wide" || is_thorough { "&amp;audit" } else { "" };
            format!("<iframe width={width} height=900 src=\"{page}?{mode}{audit}\"></iframe>\n")
        })
    });
    let around = format!(
        "<!DOCTYPE html>\n<meta charset=\"utf-8\">\n<style>iframe{{border:0}}</style>\n<script>\n\
         addEventListener(\"message\", function (event) {{\n\
         var seen = document.createElement(\"pre\");\nseen.textContent = encodeURIComponent(JSON.stringify(event.data));\n\
         document.body.appendChild(seen);\n}});\n</script>\n<body>\n{}",
        frames.collect::<String>()
    );
    fs::write(folder.join("all.html"), around).unwrap();
    let profile = folder.join("profile");
    let output = Command::new(chromium)
        .args([
            "--headless=new",
            "--no-sandbox",
            "--disable-gpu",
            "--disable-dev-shm-usage",
            "--no-first-run",
        ])
        .args(["--virtual-time-budget=120000", "--window-size=1300,1000", "--dump-dom"])
        .arg(format!("--user-data-dir={}", profile.display()))
        .arg(format!("file://{}", folder.join("all.html").display()))
        .output()
        .unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let page = String::from_utf8(output.stdout).unwrap();
    let told = page.split("<pre>").skip(1).map(|rest| rest.split("</pre>").next().unwrap_or_default());
    told.map(|told| {
        let told: Value = serde_json::from_str(&unescaped(told)).unwrap();
        let text = |value: &Value| value.as_str().unwrap().to_owned();
        let texts = |value: &Value| value.as_array().unwrap().iter().map(text).collect::<Vec<_>>();
        let orders = told["orders"].as_array().unwrap().iter().map(texts).collect();
        ((text(&told["page"]), text(&told["mode"])), (texts(&told["faults"]), orders))
    })
    .collect()
}

/// A copy of a page that also runs the probe and the audit: its policy allows their digests and nothing else.
fn probed(page: &str, axe: Option<&str>) -> String {
    let scripts: Vec<&str> = axe.into_iter().chain([PROBE]).collect();
    let digest = |script: &&str| format!(" 'sha256-{}'", STANDARD.encode(Sha256::digest(script.as_bytes())));
    let digests = scripts.iter().map(digest).collect::<Vec<_>>().concat();
    let scripts = format!("<script>{}</script>\n", scripts.join("</script>\n<script>"));
    let policy = "script-src 'sha256-";
    assert_eq!(page.matches(policy).count(), 1);
    page.replacen(policy, &format!("script-src{digests} 'sha256-"), 1).replacen(
        "<meta name=\"viewport\"",
        &format!("{scripts}<meta name=\"viewport\""),
        1,
    )
}

/// A text of which letters are written as percents of their bytes.
fn unescaped(text: &str) -> String {
    let mut bytes = Vec::new();
    let mut rest = text.as_bytes();
    while let Some((first, after)) = rest.split_first() {
        let byte = (*first == b'%').then(|| std::str::from_utf8(&after[..2]).unwrap());
        bytes.push(byte.map_or(*first, |digits| u8::from_str_radix(digits, 16).unwrap()));
        rest = if byte.is_some() { &after[2..] } else { after };
    }
    String::from_utf8(bytes).unwrap()
}

/// The browser that was named, or the first on the path.
fn chromium() -> Option<PathBuf> {
    if let Some(named) = std::env::var_os("CANVASS_CHROMIUM") {
        return Some(PathBuf::from(named));
    }
    let path = std::env::var_os("PATH")?;
    let names = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome"];
    names.iter().find_map(|name| {
        std::env::split_paths(&path).map(|folder| folder.join(name)).find(|file| file.is_file())
    })
}

/// Says something on the terminal, whatever becomes of the test.
fn say(words: &str) {
    let _ = writeln!(std::io::stderr(), "{words}");
}
