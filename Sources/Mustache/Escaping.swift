/// How a value is written in HTML so that it stays a value. In text every value is written as it is.
enum Escaping: Sendable {
    /// `{{{name}}}` and `{{&name}}`: the template's author answers for it.
    case none
    /// Between tags, and in attributes.
    case html
    /// The beginning of a link, `href="{{url}}"`: an address of a kind that only leads somewhere, or `#`.
    case link
    /// Within a link, `href="https://school.example/{{id}}"`: one part of it, whatever it holds.
    case linkPart
    /// In a style, `style="width:{{percent}}%"`: one word of it, whatever it holds.
    case style
}
