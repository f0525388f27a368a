/// What a template produces, which decides how `{{name}}` is written.
///
/// The template that is rendered decides for the partials it includes too: the output is one document.
package enum MustacheContentType: Sendable {
    /// `& < > " '` become character references, and links (`href="{{url}}"`) lead somewhere or are written as `#`;
    /// `{{{name}}}` and `{{&name}}` are written as they are.
    case html
    /// Everything is written as it is: plain text, subject lines.
    case text
}
