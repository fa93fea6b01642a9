/** A text of our own with faults of each kind, for whoever wants to see what this does. */
export const SAMPLE = `Bridge over the Pripyat reopens after eleven months

NEWListen to this article now!

Workers clear the last supports of the bridge near Mazyr

Workers clear the last supports of the bridge near Mazyr. (Photo: regional council)

The bridge that connects both parts of Mazyr has reopened, Viacheslav Kalinouski, the head of the regional council, said on Monday. It was repaired in the frames of a programme that is the cityâ€™s largest since the war.

“We waited for this day,” said Maryia Hancharova, who runs a bakery on the left bank. “The detour took me an hour each morning.” Her brother recieved the first delivery at six.

Subscribe to our newsletter and never miss a story

Viacheslav Kalinovsky promised that lorries will be let in from Friday. Those of more than thirty tonnes must still take the road over Kalinkavichy, where the queues are long. Viacheslav Kalinouski.

Two cranes remain on the left bank. They will be taken away when the paint is dry, the council’s engineer told reporters on the bridge.

Two cranes remain on the left bank. They will be taken away when the paint is dry, the council’s engineer told reporters on the bridge.
`;
