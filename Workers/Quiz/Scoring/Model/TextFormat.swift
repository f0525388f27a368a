/// How the texts of a question are written, for those who show them. Whoever shows HTML of others takes out first what a
/// browser would run.
package enum TextFormat: String, Codable, Sendable, CaseIterable {
    case plain, html, markdown
}
