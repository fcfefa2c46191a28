//! What the code of one file names: each path made whole, through `use`, renames, groups and `super`, and what else the
//! house rules look for. Unit tests are left out.

use std::collections::HashMap;

use proc_macro2::{Delimiter, Ident, Literal, TokenStream, TokenTree};
use syn::punctuated::Punctuated;
use syn::visit::{self, Visit};
use syn::{Attribute, Item, ItemUse, Lit, Meta};

use super::imports::{Meaning, Path, Scope, attributes, imported, is_for_tests, joined, leaves, line, plain};

/// What a path is there for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Role {
    /// A `use`, a type, a pattern, a trait.
    Name,
    /// An expression: a function, called or handed on, or a constant.
    Value,
    /// A macro.
    Macro,
    /// The path before the star of a `use`.
    Glob,
}

#[derive(Debug, Clone)]
pub struct Mention {
    pub line: usize,
    pub path: Path,
    pub role: Role,
}

/// A word and the line it stands on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Word {
    pub line: usize,
    pub text: String,
}

/// What the house rules ask about one file.
#[derive(Debug, Default)]
pub struct Contents {
    pub mentions: Vec<Mention>,
    /// Texts in quotation marks, documentation left out.
    pub literals: Vec<Word>,
    /// Methods called with no arguments.
    pub bare_methods: Vec<Word>,
    pub macros: Vec<Word>,
    pub attributes: Vec<Word>,
    /// The modules in files of their own, in the order of their `mod` lines.
    pub children: Vec<String>,
    /// Those of them that are unit tests.
    pub test_children: Vec<String>,
    /// What the `use` lines at the top bring in.
    pub imports: HashMap<String, Path>,
    /// The types that it makes.
    pub types: Vec<String>,
    /// The functions and methods that it makes.
    pub functions: Vec<String>,
}

/// Reads a file whose own path is `module`: `crate`, `workbook`, `issue` for `workbook/issue.rs`.
pub fn read(module: Path, file: &syn::File) -> Contents {
    let mut reader = Reader { module, scopes: Vec::new(), contents: Contents::default() };
    reader.attributes(&file.attrs);
    reader.in_module(&file.items, |reader| {
        reader.contents.imports = reader.imports();
        file.items.iter().for_each(|item| reader.visit_item(item));
    });
    let mut contents = reader.contents;
    for item in &file.items {
        contents.types.extend(type_made(item));
        contents.functions.extend(functions_made(item));
        if let Item::Mod(module) = item
            && module.content.is_none()
        {
            let is_test = module.attrs.iter().any(is_for_tests);
            let list = if is_test { &mut contents.test_children } else { &mut contents.children };
            list.push(plain(&module.ident));
        }
    }
    contents
}

/// The type that an item makes, where it makes one.
fn type_made(item: &Item) -> Option<String> {
    Some(plain(match item {
        Item::Struct(made) => &made.ident,
        Item::Enum(made) => &made.ident,
        Item::Trait(made) => &made.ident,
        Item::Type(made) => &made.ident,
        _ => return None,
    }))
}

/// The functions that an item makes: itself, or its methods where they are not those of a trait.
fn functions_made(item: &Item) -> Vec<String> {
    match item {
        Item::Fn(made) => vec![plain(&made.sig.ident)],
        Item::Impl(made) if made.trait_.is_none() => {
            let methods = made.items.iter().filter_map(|item| match item {
                syn::ImplItem::Fn(method) => Some(plain(&method.sig.ident)),
                _ => None,
            });
            methods.collect()
        }
        _ => Vec::new(),
    }
}

struct Reader {
    module: Path,
    /// From the module inwards.
    scopes: Vec<Scope>,
    contents: Contents,
}

impl Reader {
    fn in_module(&mut self, items: &[Item], read: impl FnOnce(&mut Reader)) {
        let mut scope = imported(items.iter());
        // A module and a function may share a name; in a path it is the module.
        for item in items {
            if let Item::Mod(module) = item {
                let name = plain(&module.ident);
                let whole = joined(&self.module, std::slice::from_ref(&name));
                scope.insert(name, Meaning::Path(whole));
            }
        }
        // What a module brings in is not in scope in a module inside it.
        let outer = std::mem::replace(&mut self.scopes, vec![scope]);
        read(self);
        self.scopes = outer;
    }

    fn in_scope(&mut self, scope: Scope, read: impl FnOnce(&mut Reader)) {
        self.scopes.push(scope);
        read(self);
        self.scopes.pop();
    }

    /// What the scope of the module brings in, by name.
    fn imports(&self) -> HashMap<String, Path> {
        let names = self.scopes.first().into_iter().flat_map(|scope| scope.keys());
        names.filter_map(|name| Some((name.clone(), self.whole(std::slice::from_ref(name))?))).collect()
    }

    /// The whole path; `None` for a variable, and for a name alone that no `use` brings in.
    fn whole(&self, path: &[String]) -> Option<Path> {
        self.whole_after(path, 0)
    }

    fn whole_after(&self, path: &[String], renames: usize) -> Option<Path> {
        const MOST_RENAMES: usize = 20;
        let (first, rest) = path.split_first()?;
        match first.as_str() {
            "crate" | "jtai_benchmark" => Some(joined(&["crate".to_string()], rest)),
            "self" | "super" => self.relative(path),
            "Self" => None,
            _ if renames > MOST_RENAMES => None,
            _ => match self.meaning(first, rest.is_empty()) {
                Some(Meaning::Variable) => None,
                // `use slug::slug;`: the first part is the crate.
                Some(Meaning::Path(to)) if to.first() == Some(first) => Some(joined(to, rest)),
                Some(Meaning::Path(to)) => self.whole_after(&joined(to, rest), renames + 1),
                None if rest.is_empty() => None,
                None => Some(outside(path)),
            },
        }
    }

    /// A path that begins with `self` or `super`.
    fn relative(&self, path: &[String]) -> Option<Path> {
        let mut from = self.module.clone();
        let mut rest = path;
        while let Some((first, after)) =
            rest.split_first().filter(|(first, _)| matches!(first.as_str(), "self" | "super"))
        {
            if first == "super" {
                from.pop();
            }
            rest = after;
        }
        Some(joined(&from, rest))
    }

    fn meaning(&self, name: &str, is_alone: bool) -> Option<&Meaning> {
        let mut meanings = self.scopes.iter().rev().filter_map(|scope| scope.get(name));
        meanings.find(|meaning| is_alone || matches!(meaning, Meaning::Path(_)))
    }

    fn mention(&mut self, path: &[String], line: usize, role: Role) {
        // A name alone is a variable, or was looked at where a `use` brought it in. A function is looked at here too.
        let is_plain =
            path.len() == 1 && (role != Role::Value || matches!(path[0].as_str(), "self" | "super" | "crate"));
        if let Some(path) = self.whole(path).filter(|_| !is_plain) {
            self.contents.mentions.push(Mention { line, path, role });
        }
    }

    fn path(&mut self, path: &syn::Path, role: Role) {
        let parts = parts(path);
        let Some(first) = path.segments.first() else { return };
        let line = line(first.ident.span());
        if path.leading_colon.is_some() {
            self.contents.mentions.push(Mention { line, path: outside(&parts), role });
        } else {
            self.mention(&parts, line, role);
        }
        visit::visit_path(self, path);
    }

    fn word(text: &Ident) -> Word {
        Word { line: line(text.span()), text: plain(text) }
    }

    /// What is no plain Rust, in a macro or an attribute: paths, calls and texts are found among its tokens.
    fn tokens(&mut self, tokens: TokenStream) {
        let tokens: Vec<TokenTree> = tokens.into_iter().collect();
        let mut at = 0;
        while let Some(token) = tokens.get(at) {
            match token {
                TokenTree::Group(group) if is_attribute(&tokens, at) => self.attribute_tokens(group.stream()),
                TokenTree::Group(group) => self.tokens(group.stream()),
                TokenTree::Literal(literal) => self.literal(literal.clone()),
                TokenTree::Ident(_) => at += self.path_in_tokens(&tokens, at) - 1,
                TokenTree::Punct(_) => {}
            }
            at += 1;
        }
    }

    fn attributes(&mut self, attributes: &[Attribute]) {
        attributes.iter().for_each(|attribute| self.visit_attribute(attribute));
    }

    fn attribute_tokens(&mut self, tokens: TokenStream) {
        let Some(TokenTree::Ident(name)) = tokens.clone().into_iter().next() else { return };
        self.contents.attributes.push(Self::word(&name));
        if name != "doc" {
            self.tokens(tokens);
        }
    }

    fn literal(&mut self, literal: Literal) {
        if let Lit::Str(text) = Lit::new(literal) {
            self.visit_lit_str(&text);
        }
    }

    /// The path, method or macro that begins at a token; says how many tokens its name takes.
    fn path_in_tokens(&mut self, tokens: &[TokenTree], at: usize) -> usize {
        let idents = idents_at(tokens, at);
        let Some(first) = idents.first() else { return 1 };
        let length = idents.len() * 3 - 2;
        let group = |at: usize| match tokens.get(at) {
            Some(TokenTree::Group(group)) => Some(group),
            _ => None,
        };
        let has_before = |back: usize, mark: char| {
            at.checked_sub(back).and_then(|at| tokens.get(at)).is_some_and(|token| is_mark(token, mark))
        };
        // `..name` is a range.
        let is_method = has_before(1, '.') && !has_before(2, '.');
        let called = group(at + length).filter(|group| group.delimiter() == Delimiter::Parenthesis);
        let is_macro =
            tokens.get(at + length).is_some_and(|token| is_mark(token, '!')) && group(at + length + 1).is_some();
        let parts: Path = idents.iter().map(plain).collect();
        if is_macro {
            self.contents.macros.extend(idents.last().map(Self::word));
            self.mention(&parts, line(first.span()), Role::Macro);
        } else if is_method {
            let is_bare = called.is_some_and(|group| group.stream().is_empty());
            self.contents.bare_methods.extend(is_bare.then(|| Self::word(first)));
        } else if parts[0] == "crate" || !has_before(1, '$') && (parts.len() > 1 || called.is_some()) {
            self.mention(&parts, line(first.span()), Role::Value);
        }
        length
    }
}

impl<'ast> Visit<'ast> for Reader {
    fn visit_item(&mut self, item: &'ast Item) {
        if !attributes(item).iter().any(is_for_tests) {
            visit::visit_item(self, item);
        }
    }

    fn visit_item_use(&mut self, item: &'ast ItemUse) {
        self.attributes(&item.attrs);
        for leaf in leaves(item) {
            let role = if leaf.name.is_some() { Role::Name } else { Role::Glob };
            let whole = if item.leading_colon.is_some() { None } else { self.whole(&leaf.path) };
            let path = whole.unwrap_or_else(|| outside(&leaf.path));
            self.contents.mentions.push(Mention { line: leaf.line, path, role });
        }
    }

    fn visit_item_extern_crate(&mut self, item: &'ast syn::ItemExternCrate) {
        self.attributes(&item.attrs);
        let path = outside(&[plain(&item.ident)]);
        self.contents.mentions.push(Mention { line: line(item.ident.span()), path, role: Role::Name });
    }

    fn visit_item_mod(&mut self, item: &'ast syn::ItemMod) {
        self.attributes(&item.attrs);
        let Some((_, items)) = &item.content else { return };
        self.module.push(plain(&item.ident));
        self.in_module(items, |reader| items.iter().for_each(|item| reader.visit_item(item)));
        self.module.pop();
    }

    fn visit_item_fn(&mut self, item: &'ast syn::ItemFn) {
        self.in_scope(Scope::new(), |reader| visit::visit_item_fn(reader, item));
    }

    fn visit_impl_item_fn(&mut self, item: &'ast syn::ImplItemFn) {
        if !item.attrs.iter().any(is_for_tests) {
            self.in_scope(Scope::new(), |reader| visit::visit_impl_item_fn(reader, item));
        }
    }

    fn visit_trait_item_fn(&mut self, item: &'ast syn::TraitItemFn) {
        self.in_scope(Scope::new(), |reader| visit::visit_trait_item_fn(reader, item));
    }

    fn visit_block(&mut self, block: &'ast syn::Block) {
        let items = block.stmts.iter().filter_map(|statement| match statement {
            syn::Stmt::Item(item) => Some(item),
            _ => None,
        });
        self.in_scope(imported(items), |reader| visit::visit_block(reader, block));
    }

    // A variable hides a function of the same name from its pattern on, so patterns come after what they are given.
    fn visit_local(&mut self, local: &'ast syn::Local) {
        self.attributes(&local.attrs);
        if let Some(init) = &local.init {
            self.visit_local_init(init);
        }
        self.visit_pat(&local.pat);
    }

    fn visit_expr_let(&mut self, expr: &'ast syn::ExprLet) {
        self.visit_expr(&expr.expr);
        self.visit_pat(&expr.pat);
    }

    fn visit_expr_for_loop(&mut self, expr: &'ast syn::ExprForLoop) {
        self.attributes(&expr.attrs);
        self.visit_expr(&expr.expr);
        self.in_scope(Scope::new(), |reader| {
            reader.visit_pat(&expr.pat);
            reader.visit_block(&expr.body);
        });
    }

    fn visit_expr_closure(&mut self, expr: &'ast syn::ExprClosure) {
        self.in_scope(Scope::new(), |reader| visit::visit_expr_closure(reader, expr));
    }

    fn visit_arm(&mut self, arm: &'ast syn::Arm) {
        self.in_scope(Scope::new(), |reader| visit::visit_arm(reader, arm));
    }

    fn visit_expr_if(&mut self, expr: &'ast syn::ExprIf) {
        self.in_scope(Scope::new(), |reader| visit::visit_expr_if(reader, expr));
    }

    fn visit_expr_while(&mut self, expr: &'ast syn::ExprWhile) {
        self.in_scope(Scope::new(), |reader| visit::visit_expr_while(reader, expr));
    }

    fn visit_pat_ident(&mut self, pattern: &'ast syn::PatIdent) {
        let name = plain(&pattern.ident);
        // `NAME` in a pattern is a constant.
        if let Some(scope) = self.scopes.last_mut().filter(|_| begins_small(&name)) {
            scope.insert(name, Meaning::Variable);
        }
        visit::visit_pat_ident(self, pattern);
    }

    fn visit_expr_path(&mut self, expr: &'ast syn::ExprPath) {
        // `<Zoned>::now` is `Zoned::now`.
        if let Some(syn::QSelf { ty, .. }) = &expr.qself
            && let syn::Type::Path(of) = &**ty
            && let Some(last) = expr.path.segments.last()
        {
            self.visit_type(ty);
            let path = joined(&parts(&of.path), &[plain(&last.ident)]);
            self.mention(&path, line(last.ident.span()), Role::Value);
        }
        self.path(&expr.path, Role::Value);
    }

    fn visit_path(&mut self, path: &'ast syn::Path) {
        self.path(path, Role::Name);
    }

    fn visit_expr_method_call(&mut self, call: &'ast syn::ExprMethodCall) {
        if call.args.is_empty() {
            self.contents.bare_methods.push(Self::word(&call.method));
        }
        visit::visit_expr_method_call(self, call);
    }

    fn visit_macro(&mut self, mac: &'ast syn::Macro) {
        self.contents.macros.extend(mac.path.segments.last().map(|name| Self::word(&name.ident)));
        self.path(&mac.path, Role::Macro);
        match mac.parse_body_with(Punctuated::<syn::Expr, syn::Token![,]>::parse_terminated) {
            Ok(arguments) => arguments.iter().for_each(|argument| self.visit_expr(argument)),
            Err(_) => self.tokens(mac.tokens.clone()),
        }
    }

    fn visit_attribute(&mut self, attribute: &'ast Attribute) {
        self.contents.attributes.extend(attribute.path().segments.last().map(|name| Self::word(&name.ident)));
        match &attribute.meta {
            _ if attribute.path().is_ident("doc") => {}
            Meta::Path(path) => self.path(path, Role::Macro),
            Meta::List(list) => {
                if list.path.is_ident("cfg_attr") {
                    let names = list.tokens.clone().into_iter().filter_map(ident).map(|name| Self::word(&name));
                    self.contents.attributes.extend(names);
                }
                self.path(&list.path, Role::Macro);
                self.tokens(list.tokens.clone());
            }
            Meta::NameValue(pair) => visit::visit_expr(self, &pair.value),
        }
    }

    fn visit_lit_str(&mut self, text: &'ast syn::LitStr) {
        self.contents.literals.push(Word { line: line(text.span()), text: text.value() });
    }

    fn visit_vis_restricted(&mut self, _: &'ast syn::VisRestricted) {}
}

/// The names of the path that begins at a token, as in `a :: b :: c`.
fn idents_at(tokens: &[TokenTree], at: usize) -> Vec<Ident> {
    let first = tokens.get(at).cloned().and_then(ident);
    let after = tokens.get(at + 1..).unwrap_or_default().chunks(3).map_while(|part| match part {
        [one, two, TokenTree::Ident(name)] if is_mark(one, ':') && is_mark(two, ':') => Some(name.clone()),
        _ => None,
    });
    first.into_iter().chain(after).collect()
}

fn ident(token: TokenTree) -> Option<Ident> {
    match token {
        TokenTree::Ident(name) => Some(name),
        _ => None,
    }
}

fn is_mark(token: &TokenTree, mark: char) -> bool {
    matches!(token, TokenTree::Punct(punct) if punct.as_char() == mark)
}

/// Whether the group at a place is the brackets of `#[..]`.
fn is_attribute(tokens: &[TokenTree], at: usize) -> bool {
    let is_in_brackets = matches!(&tokens[at], TokenTree::Group(group) if group.delimiter() == Delimiter::Bracket);
    is_in_brackets && at > 0 && is_mark(&tokens[at - 1], '#')
}

fn parts(path: &syn::Path) -> Path {
    path.segments.iter().map(|part| plain(&part.ident)).collect()
}

/// A path of an outside crate. `core` and `alloc` are parts of `std`.
fn outside(path: &[String]) -> Path {
    let mut path = path.to_vec();
    if let Some(first) = path.first_mut().filter(|first| matches!(first.as_str(), "core" | "alloc")) {
        *first = "std".to_string();
    }
    path
}

/// Whether it is the name of a function or module, and no type or constant.
pub fn begins_small(name: &str) -> bool {
    name.starts_with(|c: char| c.is_lowercase() || c == '_')
}
