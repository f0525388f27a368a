internal import HTTPServer
internal import Reports

extension HTTPResponse {
    /// What the shell prints with `--json`.
    static func json(_ value: some Encodable) -> Self { .json(.ok, Array(JSONText.of(value).utf8)) }
}
