//! Puts the icon and the version into jtai.exe. A build for any other system does nothing here and needs nothing.
//!
//! Only with the `gnu` tools, which releases are made with: their `windres` comes with their linker. With Microsoft's tools the program is
//! the same without an icon; finding their resource compiler would take a crate that every build would have to compile.

use std::env;
use std::fs;
use std::path::Path;
use std::process::Command;

/// What the icon and the version are made of.
const RESOURCE: &str = "packaging/windows/jtai.rc";
const ICON: &str = "packaging/windows/jtai.ico";

fn main() {
    for file in ["build.rs", RESOURCE, ICON] {
        println!("cargo:rerun-if-changed={file}");
    }
    if told("CARGO_CFG_TARGET_OS") == "windows" && told("CARGO_CFG_TARGET_ENV") == "gnu" {
        add_resource();
    }
}

fn add_resource() {
    let folder = told("OUT_DIR");
    let (header, object) = (Path::new(&folder).join("version.h"), Path::new(&folder).join("jtai.o"));
    fs::write(header, version_header()).expect("the folder for what a build makes can be written into");
    let windres = windres();
    let ended = Command::new(&windres)
        .args(["-I", &folder, "-I", "packaging/windows", RESOURCE, "-O", "coff", "-o"])
        .arg(&object)
        .status();
    match ended {
        Ok(status) if status.success() => println!("cargo:rustc-link-arg-bins={}", object.display()),
        Ok(status) => panic!("{windres} could not compile {RESOURCE}: {status}"),
        Err(error) => panic!(
            "{windres} could not be started: {error}. It comes with the linker (Debian: binutils-mingw-w64-x86-64)"
        ),
    }
}

/// The version of Cargo.toml, as the resource wants it.
fn version_header() -> String {
    let numbers = ["MAJOR", "MINOR", "PATCH"].map(|part| told(&format!("CARGO_PKG_VERSION_{part}"))).join(",");
    format!("#define JTAI_VERSION \"{}\"\n#define JTAI_VERSION_NUMBERS {numbers},0\n", told("CARGO_PKG_VERSION"))
}

/// The resource compiler: under its plain name on Windows itself, else under the name that it has beside other systems' tools.
fn windres() -> String {
    if cfg!(windows) { "windres".to_string() } else { format!("{}-w64-mingw32-windres", told("CARGO_CFG_TARGET_ARCH")) }
}

/// What cargo tells every build script.
fn told(name: &str) -> String {
    env::var(name).unwrap_or_else(|_| panic!("cargo does not say {name}"))
}
