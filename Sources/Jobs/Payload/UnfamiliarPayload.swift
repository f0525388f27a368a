/// The payload holds something the fast decoder leaves to `JSONDecoder`: a mistake, or merely something rare.
///
/// It never reaches a handler or a log: ``PayloadDecoder`` turns it into a second, slower reading.
struct UnfamiliarPayload: Error {}
