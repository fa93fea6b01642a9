"""Closed lists of English words that matter for finding names. All in lower case, or as they are written."""

from __future__ import annotations


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


# Words that begin sentences and never are part of a name as this project sees it.
FUNCTION_WORDS = _set(
    """
    a about above according across actually after again against all allow almost along already also
    although always am among an and another any anyone anything are around as asked at away back be
    because become before behind being below besides between beyond both but by can cannot come could
    despite did do does doing done down due during each earlier either else even every everyone
    everything except few finally first following for former formerly from further given had has have
    having he hence her here hers herself him himself his how however i if in indeed inside instead into
    is it its itself just last late later latest less let like likewise made many may maybe me meanwhile
    might mine more moreover most much must my myself near neither never nevertheless new next no nobody
    none nor not nothing now nowhere of off often on once one only onto or other others otherwise our
    ours out over own per perhaps please read said same say says second see seen several shall she should
    similarly since so some someone something soon still such than that the their theirs them themselves
    then there therefore these they thing things think third this those though three through throughout
    thus to today together tomorrow too toward towards two under unless unlike until up upon us use used
    very via was watch we well were what whatever when where whereas whether which while who whoever whom
    whose why will with within without would yes yesterday yet you your yours i'm i've i'd i'll we're
    we've we'd we'll you're you've you'll you'd he'd he'll she'd she'll they're they've they'd they'll
    it'll that'll there'll isn't aren't wasn't weren't don't doesn't didn't won't wouldn't can't couldn't
    shouldn't haven't hasn't hadn't i’m i’ve i’d i’ll we’re we’ve we’d we’ll you’re you’ve you’ll you’d
    he’d he’ll she’d she’ll they’re they’ve they’d they’ll it’ll that’ll isn’t aren’t wasn’t weren’t
    don’t doesn’t didn’t won’t wouldn’t can’t couldn’t shouldn’t haven’t hasn’t hadn’t
    """
)

TITLES = _set(
    """
    president vice premier minister chancellor secretary senator congressman congresswoman representative
    governor mayor ambassador general colonel major captain lieutenant sergeant admiral commander marshal
    corporal private officer judge justice prosecutor attorney professor doctor king queen prince
    princess emperor tsar czar pope bishop archbishop patriarch metropolitan cardinal father reverend
    rabbi imam sheikh ayatollah lord lady sir dame mr mrs ms miss mx dr prof gen lt col maj capt sgt sen
    rep gov rev hon adm cmdr brig spokesman spokeswoman spokesperson director chairman chairwoman
    deputy chief leader speaker foreign defence defense prime interior
    """
)
TITLES_WITH_STOP = _set("Mr Mrs Ms Dr Prof Gen Lt Col Maj Capt Sgt Sen Rep Gov Rev Hon Adm Cmdr Brig St")

# Small words inside a name: with a space after them, with a hyphen after them, between two hyphens.
PARTICLES = _set(
    """
    von van vom zu zur der den de del della degli dei di da das do dos du la las le les los bin bint ibn ben
    abu al el ter ten te op af av
    """
)
ARTICLES = _set("al el ad an ar as ash at az ul")
JOINTS = _set("on upon am an der in na nad sur sous en de des du la le les lès the")

# Abbreviated and whole: Saint-Nazaire, St. Petersburg, Sankt Gallen.
SAINTS = _set("saint sainte sankt sint st ste")

# The second half of a hyphenated place (Grünhausen-North), never of a person.
QUARTERS = _set("north south east west central centre center city town nord sud süd ost")

# Family names of Korea and China, some dozens of which are most of both countries.
FAMILY_FIRST = _set(
    """
    kim lee yi rhee park pak choi choe jung jeong chung chong kang cho yoon yun jang lim han seo suh shin kwon hwang ahn
    song ryu yoo yu hong moon bae baek nam noh roh chun xi mao deng hu jiang li wang zhang chang liu chen yang zhao
    huang zhou chou chiang wu xu hsu sun ma zhu chu lin guo gao luo zheng liang xie tang cao feng cheng peng pan tsai
    cai tseng zeng bo wen qin lu bai
    """
)
# Those that are English words or given names: before one word more (Moon Landing, Lee Wilson) they say nothing.
FAMILY_OR_WORD = _set("lee park song moon sun chung pan lu ma")

# A place or a body follows its name: “Kalinouski Regiment” is no given name and surname.
GENERIC = _set(
    """
    region oblast province district city county republic regiment brigade battalion division army airport
    university street avenue square park river bridge station hospital school council government
    parliament ministry party foundation institute centre center museum theatre theater church cathedral
    club group company bank court prison sea bay island peninsula mountains valley post times news
    independent media state union federation
    """
)

CALENDAR = _set(
    """
    monday tuesday wednesday thursday friday saturday sunday january february march april june july
    august september october november december president minister chancellor secretary senator governor
    colonel lieutenant commander professor spokesman spokeswoman spokesperson director chairman
    """
)

# Top-level domains by which a bare web address is known. No English word: “it” and “is” end sentences.
DOMAINS = _set("com org net info gov edu by ua ru pl eu uk de fr es cz sk lt lv ee kz tv io")

# Those of shortened addresses, known by what follows: t.co/…, t.me/…, bit.ly/…
SHORTENERS = _set("be co gl ly me")

# English words of news that the dictionaries of LanguageTool do not have, and abbreviations of picture credits.
UNLISTED = _set(
    """
    fuze fuzes fuzed olympiad olympiads tetri kopiyka kopiykas kopiyok hryvnia hryvnias voblast voblasts raion
    raions hromada hromadas starosta starostas siloviki silovik qvevri churchkhela fot
    """
)

# What writers misspell with a capital: a word one letter off is no place that nobody has heard of.
COUNTRIES = _set(
    """
    africa albania america armenia asia australia austria baltic beijing belarus belgium berlin bosnia brazil
    britain brussels bulgaria canada caucasus china croatia cuba cyprus czechia denmark egypt england estonia
    europe finland france geneva georgia germany greece hague hungary iceland india internet iran iraq ireland
    israel italy japan korea kosovo kyiv latvia lebanon libya london mexico minsk moldova moscow norway ottawa
    pakistan paris poland portugal prague qatar romania rome russia saudi scotland serbia siberia slovakia
    slovenia spain sweden syria taiwan tehran tokyo turkey ukraine vatican vienna vilnius wales warsaw yemen
    """
)
# The same of institutions, where a word one letter off is no family name either.
INSTITUTIONS = _set(
    """
    american army british chinese commission congress defence defense department embassy english european federal
    foreign french german government interior iranian israeli italian japanese justice kazakh kremlin ministry
    national nations parliament people police polish press republic russian security senate service soviet spanish
    state states supreme turkish ukrainian union united university
    """
)

# Languages that do not inflect names. In the others two forms of a name are mostly two cases of it.
UNINFLECTED = frozenset(("en", "de", "fr", "es", "it", "pt", "nl", "sv", "da", "no", "ca", "gl"))
ALL_NOUNS_CAPITAL = frozenset(("de",))  # a capital says nothing there: Garten and Gärten look like two spellings
