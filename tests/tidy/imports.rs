//! What `use` lines bring in, and under which names.

use std::collections::HashMap;

use proc_macro2::{Ident, Span};
use syn::ext::IdentExt;
use syn::{Attribute, Item, ItemUse, UseTree};

/// A path as its parts: `crate` and the modules of the project, or an outside crate, come first.
pub type Path = Vec<String>;

/// What a name stands for in a block or module.
pub enum Meaning {
    /// As written after `use`, or the whole path of a module.
    Path(Path),
    /// Nothing outside the function.
    Variable,
}

pub type Scope = HashMap<String, Meaning>;

/// One name that a `use` brings in, and the whole path after `use`; no name for a star.
pub struct Leaf {
    pub path: Path,
    pub name: Option<String>,
    pub line: usize,
}

pub fn leaves(item: &ItemUse) -> Vec<Leaf> {
    let mut leaves = Vec::new();
    gather(&item.tree, &[], &mut leaves);
    leaves
}

fn gather(tree: &UseTree, before: &[String], leaves: &mut Vec<Leaf>) {
    // `self` in braces is the path before them.
    let whole = |name: &Ident| if name == "self" { before.to_vec() } else { joined(before, &[plain(name)]) };
    match tree {
        UseTree::Path(part) => gather(&part.tree, &joined(before, &[plain(&part.ident)]), leaves),
        UseTree::Group(group) => group.items.iter().for_each(|tree| gather(tree, before, leaves)),
        UseTree::Glob(star) => {
            leaves.push(Leaf { path: before.to_vec(), name: None, line: line(star.star_token.spans[0]) })
        }
        UseTree::Name(name) => {
            let path = whole(&name.ident);
            leaves.push(Leaf { name: path.last().cloned(), path, line: line(name.ident.span()) });
        }
        UseTree::Rename(name) => {
            leaves.push(Leaf {
                path: whole(&name.ident),
                name: Some(plain(&name.rename)),
                line: line(name.ident.span()),
            });
        }
    }
}

/// What the `use` lines among these items bring in.
pub fn imported<'a>(items: impl Iterator<Item = &'a Item>) -> Scope {
    let mut scope = Scope::new();
    for item in items.filter(|item| !attributes(item).iter().any(is_for_tests)) {
        match item {
            Item::Use(item) => {
                let named = |leaf: Leaf| Some((leaf.name?, Meaning::Path(leaf.path)));
                scope.extend(leaves(item).into_iter().filter_map(named));
            }
            Item::ExternCrate(item) => {
                let renamed = item.rename.as_ref().map(|(_, name)| plain(name));
                scope.extend(renamed.map(|name| (name, Meaning::Path(vec![plain(&item.ident)]))));
            }
            _ => {}
        }
    }
    scope
}

pub fn attributes(item: &Item) -> &[Attribute] {
    match item {
        Item::Const(item) => &item.attrs,
        Item::Enum(item) => &item.attrs,
        Item::ExternCrate(item) => &item.attrs,
        Item::Fn(item) => &item.attrs,
        Item::ForeignMod(item) => &item.attrs,
        Item::Impl(item) => &item.attrs,
        Item::Macro(item) => &item.attrs,
        Item::Mod(item) => &item.attrs,
        Item::Static(item) => &item.attrs,
        Item::Struct(item) => &item.attrs,
        Item::Trait(item) => &item.attrs,
        Item::Type(item) => &item.attrs,
        Item::Union(item) => &item.attrs,
        Item::Use(item) => &item.attrs,
        _ => &[],
    }
}

/// Whether it is `#[cfg(test)]` and nothing more: what is compiled outside tests too is code.
pub fn is_for_tests(attribute: &Attribute) -> bool {
    attribute.path().is_ident("cfg") && attribute.parse_args::<Ident>().is_ok_and(|condition| condition == "test")
}

pub fn joined(start: &[String], rest: &[String]) -> Path {
    [start, rest].concat()
}

/// `fs` for `r#fs` too.
pub fn plain(name: &Ident) -> String {
    name.unraw().to_string()
}

pub fn line(span: Span) -> usize {
    span.start().line
}
