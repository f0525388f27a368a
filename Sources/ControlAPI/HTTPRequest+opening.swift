internal import HTTPServer

extension HTTPRequest {
    /// Whether what is sealed is asked for in the clear, which is for administrators, whoever else may look at the rest.
    func isOpening() throws(Refusal) -> Bool {
        guard let text = query["open"] else { return false }
        guard text == "true" else { throw .malformed("open must be true, or left out.") }
        guard principal.role.allows(.admin) else { throw Refusal(.forbidden, "open needs the role admin.") }
        return true
    }
}
