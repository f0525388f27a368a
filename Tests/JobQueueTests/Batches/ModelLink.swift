/// A job that comes after another.
struct ModelLink {
    let token: String
    let queue: Int

    static func json(_ links: [ModelLink]) -> String {
        let objects = links.map {
            #"{"type":"t.link","args":"{}","queue":"\#(BatchSimulation.queueNames[$0.queue])","id":"\#($0.token)"}"#
        }
        return "[" + objects.joined(separator: ",") + "]"
    }
}
