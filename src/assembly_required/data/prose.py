"""English text for generated articles: sentences with gaps, filled with random words of one topic.

No library is used, because the same numbers have to give the same texts with every release: Faker changes its words.
Within one article no sentence is used twice.
"""

from collections.abc import Iterator, Sequence
from itertools import product
from random import Random

Words = dict[str, tuple[str, ...]]

ANY_TOPIC: Words = {
    "person": (
        "my grandmother", "a neighbour", "an old friend", "my sister", "a retired engineer", "the woman next door",
        "my first teacher", "a stranger on a train", "an uncle of mine", "a former colleague", "the postman",
    ),
    "when": (
        "last winter", "one rainy evening", "two summers ago", "on a Sunday in March", "the year we moved",
        "early this spring", "over the holidays", "one long weekend", "at the end of a bad week",
    ),
    "number": ("two", "three", "four", "five", "seven", "nine"),
}  # fmt: skip

TOPICS: tuple[Words, ...] = (
    {
        "quality": ("slow", "winter", "weeknight", "frugal", "wild"),
        "matter": ("suppers", "broths", "pickles", "breads", "stews"),
        "thing": (
            "a cast-iron pan", "a sourdough loaf", "a blunt knife", "a jar of pickled lemons", "a pot of beans",
            "an old recipe card", "a wooden spoon",
        ),
        "things": (
            "dried mushrooms", "copper pots", "recipes with twenty ingredients", "cheap onions", "pressure cookers",
            "leftover crusts", "exact measurements",
        ),
        "doing": (
            "proving dough overnight", "tasting before salting", "letting onions brown", "cooking for eight",
            "sharpening knives", "baking without a scale", "making stock from scraps",
        ),
        "place": (
            "in a narrow kitchen in Lyon", "over a camping stove", "at my aunt's table", "in a canteen for two hundred",
            "beside a bread oven in Apulia",
        ),
        "lesson": (
            "patience tastes better than pepper", "a hot pan forgives a late cook", "salt is a clock",
            "every stew is better on the second day", "hunger is a poor judge of doneness",
            "most recipes lie about onions",
        ),
    },
    {
        "quality": ("shady", "walled", "rooftop", "rambling", "edible"),
        "matter": ("gardens", "borders", "hedges", "meadows", "orchards"),
        "thing": (
            "a heap of compost", "a crooked apple tree", "a watering can", "a packet of old seeds", "a south wall",
            "a good spade", "a patient hedge",
        ),
        "things": (
            "slugs", "climbing roses", "raised beds", "tulip bulbs", "tomatoes under glass", "lawns",
            "fences made of willow",
        ),
        "doing": (
            "pruning in February", "saving seeds", "turning the compost", "digging before breakfast",
            "watering at dusk", "weeding on one's knees", "planting for the next owner",
        ),
        "place": (
            "on a balcony in Leeds", "behind the old station", "at the far end of the allotment",
            "in a greenhouse with three panes missing", "on a slope that faces north",
        ),
        "lesson": (
            "the soil remembers what you did to it", "nothing grows on a schedule", "shade is not an absence",
            "a garden is never finished, only left", "frost comes the night after you stop looking",
            "weeds are the only honest report",
        ),
    },
    {
        "quality": ("night", "island", "border", "branch-line", "harbour"),
        "matter": ("trains", "walks", "hotels", "crossings", "timetables"),
        "thing": (
            "a paper timetable", "a window seat", "a small rucksack", "a missed connection", "a borrowed map",
            "an empty ferry", "a second-class ticket",
        ),
        "things": (
            "sleeper trains", "harbour cafes", "guidebooks", "border stations", "early buses", "hotel breakfasts",
            "suitcases on wheels",
        ),
        "doing": (
            "crossing a border on foot", "travelling without a plan", "packing the night before", "reading timetables",
            "asking for directions", "sleeping upright", "taking the long way round",
        ),
        "place": (
            "on a platform in Villach", "between two ferries", "in a waiting room without heating",
            "somewhere south of Tromso", "at the last stop of the tram",
        ),
        "lesson": (
            "a delay is a place too", "the best views are on the wrong side of the train",
            "every town is kinder on foot", "nobody regrets the smaller bag", "maps are opinions",
            "one arrives long after getting there",
        ),
    },
    {
        "quality": ("legacy", "boring", "offline", "readable", "tiny"),
        "matter": ("codebases", "databases", "scripts", "parsers", "tooling"),
        "thing": (
            "a failing test", "a one-line fix", "a forgotten index", "a long commit message", "a script from 2009",
            "a profiler", "a short function",
        ),
        "things": (
            "clever abstractions", "release notes", "type annotations", "feature flags", "stack traces",
            "rewrites from scratch", "unit tests",
        ),
        "doing": (
            "deleting code", "reading the error message", "naming variables", "measuring before optimising",
            "writing the documentation first", "reviewing in pairs", "upgrading one dependency at a time",
        ),
        "place": (
            "in a meeting room called Mars", "at three in the morning, on call", "on a laptop without a network",
            "in a repository that nobody owned", "two days before the release",
        ),
        "lesson": (
            "the bug is where you are sure it is not", "a cache is a promise", "simple is what remains",
            "the comment outlives the code", "every temporary file is permanent",
            "the second system is the one to be afraid of",
        ),
    },
    {
        "quality": ("second-hand", "forgotten", "rainy-day", "pocket", "translated"),
        "matter": ("novels", "libraries", "essays", "memoirs", "bookshops"),
        "thing": (
            "a borrowed paperback", "a reading lamp", "an unfinished novel", "a pencil in the margin",
            "a library card", "a bad first chapter", "a dictionary",
        ),
        "things": (
            "long Russian novels", "book clubs", "footnotes", "prefaces", "lists of the best books",
            "audiobooks", "second-hand bookshops",
        ),
        "doing": (
            "rereading", "giving up on page fifty", "reading aloud", "lending books to friends",
            "keeping a reading diary", "reading two books at once", "skipping the introduction",
        ),
        "place": (
            "in the reading room on the third floor", "under a plane tree", "on the last bench of the tram",
            "in a bookshop that also sold keys", "in bed, with a torch",
        ),
        "lesson": (
            "a book is finished by its reader", "the shelf knows more than its owner", "good prose is mostly verbs",
            "no plot survives a good sentence", "every translator is a co-author",
            "what bored you at twenty was not for twenty-year-olds",
        ),
    },
    {
        "quality": ("gravel", "commuter", "touring", "vintage", "all-weather"),
        "matter": ("bicycles", "repairs", "detours", "climbs", "saddles"),
        "thing": (
            "a steel frame", "a leather saddle", "a spare tube", "a headwind", "a rusty chain", "a folding bicycle",
            "a pannier full of potatoes",
        ),
        "things": (
            "tubeless tyres", "rear racks", "bicycle lanes", "dynamo lights", "wet cobbles", "gear ratios",
            "waterproof trousers",
        ),
        "doing": (
            "truing a wheel", "riding to work in the rain", "climbing in the saddle", "patching a tube by the road",
            "oiling the chain", "carrying furniture by bicycle", "riding without a computer",
        ),
        "place": (
            "halfway up the Stelvio", "in a workshop under the railway", "on the dike near Delft",
            "at the only red light of the village", "in the bicycle shed at school",
        ),
        "lesson": (
            "the wind is never behind you", "a quiet chain is a fast chain", "weight matters most in the head",
            "every hill has a tea room", "the cheapest upgrade is air", "legs learn slower than lungs",
        ),
    },
    {
        "quality": ("kitchen-table", "small-room", "borrowed", "late-night", "amateur"),
        "matter": ("quartets", "pianos", "choirs", "rehearsals", "recordings"),
        "thing": (
            "an upright piano", "a metronome", "a cracked cello", "a cassette recorder", "a wrong entry",
            "a tuning fork", "a handwritten score",
        ),
        "things": (
            "slow movements", "page turners", "scales in thirds", "open strings", "demo tapes", "church acoustics",
            "second violins",
        ),
        "doing": (
            "practising slowly", "singing in the alto", "counting rests", "playing by ear", "tuning before breakfast",
            "listening to one record for a month", "learning the bass line first",
        ),
        "place": (
            "in a church hall in Utrecht", "behind the stage curtain", "in a flat with thin walls",
            "on the night bus after the concert", "in the room above the bakery",
        ),
        "lesson": (
            "silence is the hardest note", "the metronome is always right and never musical",
            "an orchestra is as good as its last desk", "mistakes are louder to whoever makes them",
            "tempo is a courtesy", "the audience hears what you intend",
        ),
    },
    {
        "quality": ("coastal", "winter-light", "pinhole", "street-corner", "black-and-white"),
        "matter": ("portraits", "negatives", "lenses", "albums", "darkrooms"),
        "thing": (
            "a roll of expired film", "a single lens", "a light meter", "a broken shutter", "a contact sheet",
            "a tripod", "a photograph of nothing much",
        ),
        "things": (
            "zoom lenses", "family albums", "sunsets", "portraits of strangers", "filters", "memory cards",
            "empty streets",
        ),
        "doing": (
            "waiting for the light", "printing by hand", "walking without a camera", "photographing shop windows",
            "throwing pictures away", "standing still for an hour", "asking before the picture",
        ),
        "place": (
            "in a bathroom turned darkroom", "on the pier at low tide", "under the motorway bridge",
            "in the back row of a wedding", "at the window of a slow train",
        ),
        "lesson": (
            "the best camera is a comfortable pair of shoes", "light is the only subject",
            "a picture needs one reason", "sharpness is overrated", "the second glance takes the photograph",
            "everybody looks better in the shade",
        ),
    },
)  # fmt: skip
"""Words by topic. ``quality`` and ``matter`` are for the names of tags: each goes with each, 25 pairs for a topic."""

TITLES = (
    "{doing}, the slow way",
    "What {person} taught me about {things}",
    "In praise of {things}",
    "{thing} and other small victories",
    "Why {lesson}",
    "Notes on {doing}",
    "Against {things}, mostly",
    "A short history of {things}, as I got them wrong",
    "How I stopped worrying about {things}",
    "{doing} {place}",
    "Everything I know about {doing}",
    "The year of {things}",
    "{number} lessons from {doing}",
    "{things} or {doing}?",
    "A letter to {person} about {things}",
)
DESCRIPTIONS = (
    "Why {lesson}, and what to do about it.",
    "A few notes on {doing}, written down {when}.",
    "What {thing} can teach you about patience.",
    "On {doing}, for people who have no time for it.",
    "Some advice on {things} that I wish I had been given earlier.",
    "How I came to like {things}, with some help from {person}.",
    "{number} attempts at {doing}, one of which went well.",
    "It began {place}, with {thing}.",
)
SENTENCES = (
    "{thing} asks for patience more than for skill.",
    "I learned {doing} from {person}, {place}, and I have been unlearning it ever since.",
    "Nobody tells you beforehand that {lesson}.",
    "For years I put my faith in {things}; now I believe in {doing}.",
    "If you remember one thing of this, remember that {lesson}.",
    "{when}, {person} showed me {thing} that changed my mind.",
    "There are whole books about {things}, and most of them forget {doing}.",
    "The trouble with {things} is that they look easier than they are.",
    "Start with {thing}, and leave {things} for later.",
    "My first attempt at {doing} ended {place}, with nobody to blame but me.",
    "It was {person} who told me that {lesson}.",
    "I keep {thing} within reach, mostly as a reminder.",
    "{doing} is not difficult; knowing when to stop is what takes years.",
    "Ask {person} about {things}, and you will be there until evening.",
    "What surprised me most was how little {doing} has to do with {things}.",
    "{place}, at an hour when sensible people sleep, I understood why {lesson}.",
    "Since then {doing} has been the quiet part of my week.",
    "Nine times out of ten, {thing} is enough.",
    "Do not hurry: {lesson}.",
    "I wrote the steps down {when}, and crossed out half of them the next morning.",
    "There comes a moment in {doing} at which everything else falls silent.",
    "Some swear by {things}; {person} swears at them.",
    "The cheap version lasted me eleven years, and so did {thing}.",
    "I used to think that {doing} was a matter of talent.",
    "When {things} fail, and one day they will, {doing} still works.",
    "You can tell a lot about people by how they treat {things}.",
    "As for {person}, I never saw anyone worry less about {things}.",
    "Looking back, {doing} was the easy half.",
    "And yet {lesson}, as everyone finds out in the end.",
    "We talked about {things} until the coffee was cold.",
    "I would rather have {thing} than any number of promises.",
    "The second rule follows from the first: {lesson}.",
    "It helps to do nothing for a while, and then to go back to {doing}.",
    "{things} come and go; {doing} stays.",
    "Try it {place}, and you will see what I mean.",
    "Of all the mistakes one can make with {things}, mine was the most common.",
    "By the end of the day I had {thing}, a sore back and a good story.",
    "The secret, if there is one, is {doing}.",
    "I should like to tell my younger self that {lesson}.",
    "There is no hurry with {things}, and no shortcut either.",
)
HEADINGS = (
    "What it takes",
    "The slow part",
    "What I would do differently",
    "A word on {things}",
    "Where it went wrong",
    "On {doing}",
)
ITEMS = ("{thing}", "{doing}", "fewer {things} than you think", "an afternoon for {doing}", "no {things} at all")
COMMENTS = (
    "This is exactly why {lesson}.",
    "I tried {doing} {when}, and you are right.",
    "Thank you, I had given up on {things}.",
    "I know {person} who would disagree, loudly.",
    "Could you say more about {doing}?",
    "I am not convinced: {things} have never let me down.",
    "We have {thing} at home that says otherwise.",
    "Next time I will try it with {thing}.",
    "What a lovely read.",
    "The same thing happened to me {place}.",
    "How long did it take you to get used to {things}?",
    "I laughed at the part about {things}.",
    "My turn to try it, {place} if need be.",
)
BIOS = (
    "Writes about {things}, and sometimes about {doing}.",
    "Mostly {doing}.",
    "Believes that {lesson}.",
    "Found {place}, with {thing}.",
    "Owner of {thing}, student of {things}.",
    "{doing}, and then {doing} again.",
)

FIRST_NAMES = (
    "mara", "jonas", "amina", "tomasz", "ines", "kofi", "linnea", "rafael", "yuki", "eilidh", "bruno", "nadia",
    "oskar", "priya", "leif", "carmen", "anton", "hana", "mateo", "greta", "samir", "elena", "piotr", "noor", "felix",
    "wanjiru", "hugo", "sofia", "ravi", "ada", "milan", "chiara", "idris", "freya", "pavel", "thandi", "luca", "signe",
    "omar", "beatriz", "kai",
)  # fmt: skip
LAST_NAMES = (
    "lindqvist", "okafor", "moreau", "kowalski", "duarte", "mensah", "berg", "santos", "tanaka", "macleod", "ferrari",
    "haddad", "novak", "sharma", "eriksen", "vidal", "petrov", "kim", "rojas", "weber", "rahman", "costa", "wrona",
    "visser", "hartmann", "kamau", "dubois", "marin", "iyer", "byrne", "jovanovic", "ricci", "conteh", "dahl", "horak",
    "dlamini", "quinn",
)  # fmt: skip


def username(number: int) -> str:
    """Compute the name of a user from their number. 41 and 37 have no common divisor, so pairs repeat late.

    >>> username(1), username(1 + 41)
    ('mara_lindqvist_1', 'mara_duarte_42')
    """
    first, last = FIRST_NAMES[(number - 1) % len(FIRST_NAMES)], LAST_NAMES[(number - 1) % len(LAST_NAMES)]
    return f"{first}_{last}_{number}"


def tag_names(topic: Words) -> list[str]:
    """List all tags of a topic, two words each.

    >>> tag_names(TOPICS[2])[:2]
    ['night trains', 'night walks']
    """
    return [f"{quality} {matter}" for quality, matter in product(topic["quality"], topic["matter"])]


class Draw:
    """A mapping from the name of a gap to a random word that fits; each access draws again."""

    def __init__(self, random: Random, words: Words) -> None:
        self._choice, self._words = random.choice, {**ANY_TOPIC, **words}

    def __getitem__(self, name: str) -> str:
        return self._choice(self._words[name])


class Writer:
    """Writes texts; the same random numbers give the same texts."""

    def __init__(self, random: Random) -> None:
        self._random = random
        self._draws = [Draw(random, words) for words in TOPICS]

    def title(self, topic: int) -> str:
        return self._one_of(TITLES, topic)

    def description(self, topic: int) -> str:
        return self._one_of(DESCRIPTIONS, topic)

    def bio(self, topic: int) -> str:
        return self._one_of(BIOS, topic)

    def comment(self, topic: int) -> str:
        """Write one to three sentences."""
        sentences = self._random.sample(COMMENTS, self._random.randint(1, 3))
        return " ".join(self._filled(sentence, topic) for sentence in sentences)

    def body(self, topic: int) -> str:
        """Write a few paragraphs of Markdown, some with a heading, a list or a quotation between them."""
        unused = iter(self._random.sample(SENTENCES, len(SENTENCES)))
        blocks = [self._paragraph(unused, topic)]
        for _ in range(self._random.randint(2, 5)):
            blocks += [*self._interlude(topic), self._paragraph(unused, topic)]
        return "\n\n".join(blocks)

    def _paragraph(self, unused: Iterator[str], topic: int) -> str:
        length = self._random.randint(3, 6)
        return " ".join(self._filled(next(unused), topic) for _ in range(length))

    def _interlude(self, topic: int) -> list[str]:
        """Write a heading, a list, a quotation or nothing, to go before a paragraph."""
        match self._random.randrange(8):
            case 0 | 1:
                return [f"## {self._one_of(HEADINGS, topic)}"]
            case 2:
                items = self._random.sample(ITEMS, self._random.randint(3, 5))
                return ["\n".join(f"- {self._filled(item, topic)}" for item in items)]
            case 3:
                return [f"> {self._filled('{lesson}.', topic)}"]
        return []

    def _one_of(self, sentences: Sequence[str], topic: int) -> str:
        return self._filled(self._random.choice(sentences), topic)

    def _filled(self, sentence: str, topic: int) -> str:
        text = sentence.format_map(self._draws[topic])
        return text[0].upper() + text[1:]
