/// What `{{name}}` means when the data has no `name`. Sections never mind: they are how a template asks.
package enum MustacheAbsence: Sendable {
    /// Nothing is written, as the specification wants it.
    case empty
    /// Rendering fails: better no password reset than one without its link. A null that was given is still empty.
    case refused
}
